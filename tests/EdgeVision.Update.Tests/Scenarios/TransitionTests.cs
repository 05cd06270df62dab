using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update.Tests;

/// <summary>The process ends around every durable write that the table knows; after it, twice again in recovery.</summary>
/// <remarks>Generated from the table: a row that nobody knows how to reach fails here.</remarks>
public sealed class TransitionTests
{
    private static readonly string[] Moments = ["before", "between", "after", "before, and twice in recovery"];

    public static TheoryData<string, string> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, string>();
            foreach (var (state, @event, _) in TransitionTable.Rows)
            {
                foreach (var moment in Moments)
                {
                    cuts.Add($"{state}+{@event}", moment);
                }
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Kill_AroundThisTransition_OneWholeModelServesAndUpdatesGoOn(string row, string moment)
    {
        using var device = new Device(inMemory: true);
        var (state, @event) = (Enum.Parse<UpdateState>(row.Split('+')[0]), Enum.Parse<UpdateEvent>(row.Split('+')[1]));
        var scenario = new RowScenario(device, state, @event, $"{row}.{moment.Split(',')[0]}");
        await scenario.PlayAsync();
        Assert.True(scenario.WasCut, $"{row} was not reached: {device.Report}");

        for (var again = moment.Length > "between".Length ? 2 : 0; again > 0; again--)
        {
            device.CutPowerAtNextWrite();
            try
            {
                device.Start();
            }
            catch (PowerCutException)
            {
                // as it should, where recovery writes
            }
        }

        device.MakeWell();
        device.Start();
        await Invariants.FinishAsync(device, $"{row} {moment}");
        await device.AcceptsTheNextAsync();
    }

    [Fact]
    public void Table_EveryState_IsEnteredAndLeft()
    {
        Assert.Equal(TransitionTable.Rows.Count, TransitionTable.Rows.Select(row => (row.State, row.Event)).Distinct().Count());
        foreach (var state in Enum.GetValues<UpdateState>())
        {
            Assert.Equal(!TransitionTable.IsEnd(state), TransitionTable.Find(state, Success) is not null);
            Assert.Equal(TransitionTable.RunsCandidate(state), TransitionTable.Find(state, Restarted) is not null);
            Assert.Equal(state is not (Activating or Probation or RollingBack), TransitionTable.Find(state, Deployed) is not null);
            Assert.True(state == Idle || TransitionTable.Rows.Any(row => row.Next == state), $"{state} is never entered");
        }
    }
}
