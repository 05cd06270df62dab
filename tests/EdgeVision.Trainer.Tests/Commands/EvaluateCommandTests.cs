using System.Text.Json;
using EdgeVision.Trainer.Tests.Training;

namespace EdgeVision.Trainer.Tests.Commands;

[Collection(TwoRuns.Collection)]
public sealed class EvaluateCommandTests(TwoRuns runs)
{
    private const int Done = 0, BadInput = 2, Refused = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "edgevision-trainer");

    [Fact]
    public void Evaluate_AgainstOneThatLearntNothing_IsBetterAndPasses()
    {
        var json = Evaluate(Done, "--run", runs.Good, "--compare", runs.Bad, "--gate", "--json");

        Assert.Equal(300, json.GetProperty("n").GetInt32());
        Assert.InRange(json.GetProperty("value").GetDouble(), json.GetProperty("low").GetDouble(), json.GetProperty("high").GetDouble());
        Assert.InRange(json.GetProperty("auroc").GetProperty("value").GetDouble(), 0.8, 1);
        var slices = json.GetProperty("slices").EnumerateArray().GroupBy(slice => slice.GetProperty("by").GetString()!).ToDictionary(group => group.Key, group => group.Sum(slice => slice.GetProperty("count").GetInt32()));
        Assert.Equal(new Dictionary<string, int> { ["class"] = 300, ["brightness"] = 300 }, slices); // all are of one size
        Assert.True(json.GetProperty("compare").GetProperty("dropHigh").GetDouble() < 0);
        Assert.Empty(json.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public void Evaluate_WorseThanTheOther_IsRefused()
    {
        var json = Evaluate(Refused, "--run", runs.Bad, "--compare", runs.Good, "--gate", "--max-drop", "2", "--json");

        Assert.Contains("it is worse", json.GetProperty("gate").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_NothingToCompareWith_SaysSo() =>
        Assert.Contains("--compare", Published.Run(Program, Deadline, "evaluate", "--run", runs.Good, "--gate").Error, StringComparison.Ordinal);

    [Fact]
    public void Evaluate_NoRunThere_OneLineAndExitCode2()
    {
        var ended = Published.Run(Program, Deadline, "evaluate", "--run", runs.Good + "x");

        Assert.Equal(BadInput, ended.ExitCode);
        Assert.Single(ended.Error.TrimEnd().Split('\n'));
    }

    private static JsonElement Evaluate(int exitCode, params string[] arguments)
    {
        var ended = Published.Run(Program, Deadline, ["evaluate", .. arguments]);
        Assert.True(ended.ExitCode == exitCode, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
