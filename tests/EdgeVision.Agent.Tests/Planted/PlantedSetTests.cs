using System.Globalization;
using EdgeVision.Planted;

namespace EdgeVision.Agent.Tests;

/// <summary>Bad but valid models are stopped at the gate that should stop them, good ones at none. The table is what an operator would be told.</summary>
/// <remarks>Each model once; <c>make soak</c> (50) makes a hundred runs of each kind.</remarks>
public sealed class PlantedSetTests(ITestOutputHelper output)
{
    private static readonly int _runs = int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "0", CultureInfo.InvariantCulture) * 2;

    [Fact]
    public Task PlantedSet_BadModels_AreStoppedAtTheirGates() => JudgeAsync(PlantedSet.Bad());

    [Fact]
    public Task PlantedSet_GoodModels_AreStoppedNowhere() => JudgeAsync(PlantedSet.Good());

    private async Task JudgeAsync(IEnumerable<PlantedModel> set)
    {
        using var folder = new TemporaryDirectory();
        var models = set.ToArray();
        var judge = new PlantedJudge(folder.Path);
        var wrong = new List<string>();
        for (var run = 0; run < Math.Max(_runs, models.Length); run++)
        {
            var verdict = await judge.JudgeAsync(models[run % models.Length], TestContext.Current.CancellationToken);
            output.WriteLine(verdict.ToString());
            wrong.AddRange(verdict.IsRight ? [] : [verdict.ToString()]);
        }

        Assert.Empty(wrong);
    }
}
