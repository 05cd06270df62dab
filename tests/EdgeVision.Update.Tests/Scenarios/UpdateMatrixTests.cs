using System.Text;

namespace EdgeVision.Update.Tests;

/// <summary>Every state with every fault, generated from the table; what came of it is printed and kept in <c>docs/update-matrix.md</c>.</summary>
/// <remarks><c>EDGEVISION_WRITE_MATRIX=1</c> writes the file anew.</remarks>
public sealed class UpdateMatrixTests(ITestOutputHelper output)
{
    private static readonly string Document = Path.Combine(TestData.RepositoryRoot, "docs", "update-matrix.md");

    private static IEnumerable<UpdateState> States => Enum.GetValues<UpdateState>().Where(state => !TransitionTable.IsEnd(state));

    [Fact]
    public async Task Matrix_EveryStateAndFault_ComesToAGoodEndAndIsTheOneWrittenDown()
    {
        var text = new StringBuilder(Head());
        foreach (var state in States)
        {
            foreach (var fault in Enum.GetValues<Fault>())
            {
                var outcome = FaultScenario.Impossible(state, fault) is { } reason ? $"- ({reason})" : await new FaultScenario(state, fault).PlayAsync();
                text.Append($"| {state} | {Name(fault)} | {outcome} |\n");
            }
        }

        Foot(text);
        output.WriteLine(text.ToString());
        if (Environment.GetEnvironmentVariable("EDGEVISION_WRITE_MATRIX") == "1")
        {
            await File.WriteAllTextAsync(Document, text.ToString());
        }

        Assert.True(File.Exists(Document) && text.ToString() == await File.ReadAllTextAsync(Document), $"{Document} is out of date: run eng/update-matrix.sh and look at what changed");
    }

    private static string Name(Fault fault) => fault switch { Fault.Kill => "kill -9", Fault.Throw => "throw", Fault.Hang => "hang", _ => "power cut" };

    private static string Head() => """
        # What becomes of an update when something goes wrong in it

        Written by `eng/update-matrix.sh` from the transition table; `make test` plays every line and fails when one comes out otherwise.
        Version 1.0.0 serves, 2.0.0 is on its way. `start` is the next start of the process. After every line the invariants hold: one whole model
        serves, the report says the truth, no counter, version or time went back, nothing is left lying about, and the next update works.

        ## Every state, every fault

        | state | fault | what follows; what serves |
        |---|---|---|

        """;

    private static void Foot(StringBuilder text)
    {
        text.Append("\n## Every transition\n\nThe process ends before, within and after the write of each, and twice more in the recovery after it; all of them are played.\n\n| state | event | next |\n|---|---|---|\n");
        foreach (var (state, @event, next) in TransitionTable.Rows)
        {
            text.Append($"| {state} | {@event} | {next} |\n");
        }

        text.Append("""

            ## Power cuts

            Three whole updates (first install, next version, rolled back) are recorded as disk operations, and cut before each of them: once everything that was
            not synced is lost, once chance decides name by name and file by file. 100 further points of a fixed seed are cut a second time in the recovery.

            """);
    }
}
