using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

public sealed class ConfidenceTests
{
    [Fact]
    public void Fit_ThreeOfFourRightAtALogitOfFour_MakesThemThreeQuartersSure()
    {
        var answers = Answers(Enumerable.Range(0, 4_000).Select(i => (4f, i % 4 == 0 ? 1 : 0)));

        var temperature = TemperatureScaling.Fit(answers);

        Assert.Equal(4 / Math.Log(3), temperature, tolerance: 0.01); // where a logit of 4 is odds of three to one
        Assert.Equal(0.75, answers.SharesOf(1, temperature)[0], tolerance: 0.001);
    }

    [Fact]
    public void Fit_EveryAnswerRight_StaysFinite() => Assert.InRange(TemperatureScaling.Fit(Answers(Enumerable.Repeat((4f, 0), 100))), 0.5, 2);

    [Fact]
    public void Fold_ByTwo_HalvesTheLogits()
    {
        TorchRuntime.Start(1);
        using var network = new Network(new LayerGraph("two", LayerShape.Row(3), [new Linear("dense", LayerGraph.Input, 2)]), seed: 1);
        network.Write("dense.weight", [1, 2, 3, 4, 5, 6]);
        network.Write("dense.bias", [2, -2]);

        Assert.True(TemperatureScaling.Fold(network, 2));

        Assert.Equal([0.5f, 1, 1.5f, 2, 2.5f, 3], network.Read("dense.weight").ToArray());
        Assert.Equal([1f, -1], network.Read("dense.bias").ToArray());
    }

    [Fact]
    public void Reliability_TenAnswersOfWhichEightAreRight_ErrorIsTheDistance() =>
        Assert.Equal(0.15, Reliability.Of(Enumerable.Range(0, 10).Select(i => (0.95, i < 8))).Error, tolerance: 1e-9);

    [Fact]
    public void Choose_DearMisses_TakesAFalseAlarm()
    {
        (double, bool)[] pictures = [(0.9, true), (0.3, true), (0.4, false), (0.1, false)];

        Assert.Equal(0.2, Decision.Choose(pictures, new DecisionCost(5, 1)), tolerance: 1e-9);
        Assert.Equal(0.65, Decision.Choose(pictures, new DecisionCost(1, 5)), tolerance: 1e-9);
        // one false alarm of four; were the surer believed, one miss of four
        Assert.Equal(new Decision("defect", 0.2, 0, 0.5, 0.25, 1.25), Decision.At(0.2, pictures, new DecisionCost(5, 1), "defect"));
    }

    [Fact]
    public void Parse_CostWithAlarm_IsRead() => Assert.Equal(new DecisionCost(5, 0.5, "a=b"), DecisionCost.Parse("miss=5, false-alarm=0.5, alarm=a=b"));

    [Theory]
    [InlineData("miss=5")]
    [InlineData("miss=5,false-alarm=0")]
    [InlineData("miss=5,false-alarm=x")]
    [InlineData("miss=5,false-alarm=1,hit=2")]
    [InlineData("")]
    public void Parse_NoCost_SaysHow(string text) => Assert.Contains("miss=5,false-alarm=1", Assert.Throws<TrainerException>(() => DecisionCost.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, new[] { "a", "b", "c" }, "there are 3")]
    [InlineData("z", new[] { "a", "b" }, "no class 'z'")]
    public void AlarmOf_OtherClasses_IsRefused(string? alarm, string[] classes, string message) =>
        Assert.Contains(message, Assert.Throws<TrainerException>(() => new DecisionCost(1, 1, alarm).AlarmOf(classes)).Message, StringComparison.Ordinal);

    private static LogitTable Answers(IEnumerable<(float First, int Label)> pictures)
    {
        var table = new LogitTable(2);
        foreach (var (first, label) in pictures)
        {
            table.Add([first, 0], [label]);
        }

        return table;
    }
}
