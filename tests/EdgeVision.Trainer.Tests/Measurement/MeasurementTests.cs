using EdgeVision.Compression;
using EdgeVision.Trainer.Measurement;

namespace EdgeVision.Trainer.Tests.Measurement;

public sealed class MeasurementTests
{
    [Fact]
    public void ConfusionMatrix_CatsAndDogs_HasTheSharesOfRowsAndColumns()
    {
        var matrix = new ConfusionMatrix([Picture(0, 0), Picture(0, 0), Picture(0, 0), Picture(0, 1), Picture(1, 1), Picture(1, 1)], 2);

        Assert.Equal((4, 1), (matrix.Support(0), matrix[0, 1]));
        Assert.Equal((0.75, 1.0, 2 * 0.75 / 1.75), (matrix.Recall(0), matrix.Precision(0), matrix.F1(0)));
        Assert.Equal((1.0, 2.0 / 3), (matrix.Recall(1), matrix.Precision(1)));
    }

    [Fact]
    public void RankStatistic_ThreeOfFourPairsInOrder_IsThreeQuarters()
    {
        var statistic = new RankStatistic([(0.9f, true), (0.4f, true), (0.5f, false), (0.1f, false)]);

        Assert.Equal(0.75, statistic.Value(4));
        Assert.Equal(1, statistic.Value([1, 0, 1, 1])); // without the one that was below
        Assert.Equal(0.5, new RankStatistic([(0.5f, true), (0.5f, false)]).Value(2));
    }

    [Fact]
    public void HeldOut_SetWithClassesThatTheRunJoined_IsCountedAsTheRunCountsThem()
    {
        using var folder = new PictureSet().Patterns("car", 0, 1).Patterns("bus", 1, 1).Patterns("person", 2, 1);

        using var held = HeldOut.Open(folder.Path, ["person", "vehicle"], new Dictionary<string, string> { ["car"] = "vehicle", ["bus"] = "vehicle" });

        Assert.Equal([0, 1, 1], held.Items.Select(item => item.Truth.ClassId).Order());
    }

    [Theory]
    [InlineData(0.8, 0.4, true, "not worse: 0.80 points")]
    [InlineData(-2, 0.01, true, "not worse: -2.00 points")]
    [InlineData(0.8, 0.04, false, "surely worse")]
    [InlineData(1.2, 0.4, false, "it is worse: 1.20 points lost on the same pictures (5 lost, 3 won, p = 0.4000), 1 may be")]
    public void Gate_DropAndItsProbability_DecideAtOnePoint(double drop, double p, bool isPassed, string reason)
    {
        var gate = GateReport.Of(drop, p, lost: 5, won: 3, maxDrop: 1);

        Assert.Equal(isPassed, gate.Passed);
        Assert.Contains(reason, gate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b", "a,c", "new: b", "gone: c")]
    [InlineData("a,b", "b,a", "only the order differs", "--classes b,a")]
    public void ClassNames_Others_AreNamed(string ours, string theirs, params string[] words)
    {
        var message = Assert.Throws<TrainerException>(() => ClassNames.RequireSame(ours.Split(','), "this one", theirs.Split(','), "street 1.0")).Message;

        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }

    private static JudgedPicture Picture(int truth, int answer) =>
        new(new DatasetItem("x", new Truth { ClassId = truth }), new ItemOutcome("x", truth == answer ? 1 : 0, "", ""), 1, 1, 0) { Shares = answer == 0 ? [0.7f, 0.3f] : [0.2f, 0.8f] };
}
