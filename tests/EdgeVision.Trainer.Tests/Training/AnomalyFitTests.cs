using EdgeVision.Compression;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

public sealed class AnomalyFitTests : IDisposable
{
    private const int Size = 64;

    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Start_FromANetworkThatSawOtherThings_TellsBadPartsByGoodOnesAlone()
    {
        Parts.Write(_set, count: 80, Size);
        _set.Patterns("other/a", 0, 8).Patterns("other/b", 8, 8);
        // Hardly trained: features of random filters tell spots from waves as well.
        Train("features", new RunSettings { Model = "squeezenet", Data = new DataWish { Data = _set.File("other") }, Size = "64", Accepted = Enum.GetValues<FindingKind>(), Shares = new SplitShares(0.25, 0.25), Options = Options(1) });
        var wish = new RunSettings
        {
            Model = "anomaly", Data = new DataWish { Data = _set.File("parts") }, Size = "64", Shares = new SplitShares(0.3, 0.3), Accepted = [FindingKind.NearDuplicate, FindingKind.Leak, FindingKind.RareClass],
            Options = Options(3), Augment = "standard", From = _set.File("features"),
        };

        var result = Train("run", wish);

        Assert.InRange(result.Test.Auroc!.Value, 0.9, 1);
        Assert.InRange(result.Value, 0.85, 1);
        Assert.InRange(result.MaxExportDifference, 0, 1e-4);
        Assert.Equal(3, File.ReadAllLines(_set.File("run/metrics.jsonl")).Length);
        Assert.Equal(result.Value, Train("again", wish).Value);
        Assert.Contains("release makes it small", Assert.Throws<TrainerException>(() => DerivedRun.Quantize(
            _set.File("run"), _set.File("small"), WeightScaling.PerChannel, new FineTuning(1, 0.1), new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(_set.File("run/report.html")), StringComparison.Ordinal); // a rate of 0 in all epochs once let its chart count steps of 0 for ever
    }

    [Fact]
    public void Start_SeveralKindsOfDefects_SaysHowToMakeThemOne()
    {
        Parts.Write(_set, count: 40, Size);
        _set.Patterns("parts/scratched", 0, 10);
        var wish = new RunSettings { Model = "anomaly", Data = new DataWish { Data = _set.File("parts") }, Size = "64", Shares = new SplitShares(0.3, 0.3), Accepted = Enum.GetValues<FindingKind>(), Options = Options(1) };

        Assert.Contains("as in --map", Assert.Throws<TrainerException>(() => Train("run", wish)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_WithoutFeatures_SaysWhereTheyCouldComeFrom()
    {
        Parts.Write(_set, count: 40, Size);
        var wish = new RunSettings { Model = "anomaly", Data = new DataWish { Data = _set.File("parts") }, Size = "64", Shares = new SplitShares(0.3, 0.3), Accepted = Enum.GetValues<FindingKind>(), Options = Options(1) };

        Assert.Contains("give --from with a squeezenet", Assert.Throws<TrainerException>(() => Train("run", wish)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_set.File("run")));
    }

    [Theory]
    [InlineData("MT_Crack,MT_Free", 1)]
    [InlineData("bad,good", 1)]
    [InlineData("bad,worse", -1)]
    [InlineData("good", -1)]
    public void ClassOf_Classes_IsTheGoodOneOrSaysWhatIsMissing(string classes, int good)
    {
        var version = new DatasetVersion { Name = "parts", Kind = DatasetKind.Classes, Classes = classes.Split(','), Sources = [], Items = [] };

        if (good >= 0)
        {
            Assert.Equal(good, GoodParts.ClassOf(version));
        }
        else
        {
            Assert.Contains("needs one that is called good", Assert.Throws<TrainerException>(() => GoodParts.ClassOf(version)).Message, StringComparison.Ordinal);
        }
    }

    private static TrainingOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 8, Threads = 1 };

    private RunResult Train(string name, RunSettings settings) => TrainingRun.Start(_set.File(name), settings, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)!;
}
