using static EdgeVision.Update.UpdateEvent;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update.Tests;

/// <summary>A power cut around every durable write that the table knows, and around every rename of a file; after it, twice again in recovery.</summary>
/// <remarks>Generated from the table: a row that nobody knows how to reach fails here.</remarks>
public sealed class KillMatrixTests
{
    private static readonly string[] Moments = ["before", "between", "after"];

    public static TheoryData<string, string, string, string> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, string, string, string>();
            foreach (var (state, @event, _) in TransitionTable.Rows)
            {
                foreach (var moment in Moments)
                {
                    cuts.Add($"{state}", $"{@event}", $"{state}+{@event}.{moment}", "once");
                }

                cuts.Add($"{state}", $"{@event}", $"{state}+{@event}.before", "thrice");
            }

            foreach (var point in new[] { "file.manifest.before", "file.manifest.after", "file.model.before", "file.model.after", "slot.before", "slot.after" })
            {
                cuts.Add(nameof(Downloading), nameof(Success), point, "once");
                cuts.Add(nameof(Downloading), nameof(Success), point, "thrice");
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task PowerCut_AtThisPoint_OneWholePackageServesAndUpdatesGoOn(string state, string @event, string point, string times)
    {
        using var device = new Device();
        var scenario = new PowerCutScenario(device);
        await scenario.PlayAsync(Enum.Parse<UpdateState>(state), Enum.Parse<UpdateEvent>(@event), point);
        Assert.True(scenario.WasCut, $"{point} was not reached");

        scenario.StartAfterCut(again: times == "thrice");
        await scenario.GoOnAsync();
        await scenario.DeployNextAsync();
    }

    [Fact]
    public void Table_EveryStateButTheEnds_HasAWayOutForSuccess()
    {
        Assert.Equal(TransitionTable.Rows.Count, TransitionTable.Rows.Select(row => (row.State, row.Event)).Distinct().Count());
        foreach (var state in Enum.GetValues<UpdateState>())
        {
            Assert.Equal(!TransitionTable.IsEnd(state), TransitionTable.Find(state, Success) is not null);
            Assert.True(state == Idle || TransitionTable.Rows.Any(row => row.Next == state), $"{state} is never entered");
        }
    }
}
