using EdgeVision.Compression;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

public sealed class AnomalyObjectiveTests : IDisposable
{
    private const int Size = 32;

    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Start_GoodPartsAndAFewBadOnes_LearnsFromTheGoodAndTellsTheBad()
    {
        Parts.Write(_set, count: 80, Size);

        var settings = new RunSettings
        {
            Model = "anomaly", Width = 0.5, Data = new DataWish { Data = _set.File("parts") }, Shares = new SplitShares(0.1, 0.5), Accepted = [FindingKind.NearDuplicate, FindingKind.Leak, FindingKind.RareClass],
            Options = new TrainingOptions { Epochs = 20, BatchSize = 8, LearningRate = 0.01, Threads = 1 },
        };
        var result = TrainingRun.Start(_set.File("run"), settings, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)!;

        Assert.Equal("auroc", result.Metric);
        Assert.InRange(result.Value, 0.9, 1);
        Assert.InRange(result.MaxExportDifference, 0, 2e-5);
    }

    [Fact]
    public void LearntFrom_MarkedDefects_AreLearntFromByAnInspectorAlone()
    {
        VersionItem good = Item("good", 1, "0"), bad = Item("bad", 0), marked = Item("marked", 0, "5ea1");

        Assert.Equal([good], new AnomalyObjective(good: 1).LearntFrom([good, marked]));
        Assert.Equal([good, marked], new AnomalyObjective(good: 1, fromMarked: true).LearntFrom([good, marked]));
        Assert.Contains("give --masks", Assert.Throws<TrainerException>(() => new AnomalyObjective(good: 1, fromMarked: true).LearntFrom([good, bad])).Message, StringComparison.Ordinal);
        Assert.Contains("Of the good parts none", Assert.Throws<TrainerException>(() => new AnomalyObjective(good: 1, fromMarked: true).LearntFrom([marked])).Message, StringComparison.Ordinal);

        static VersionItem Item(string name, int id, string? mask = null) => new() { Name = name, Sha256 = name, Class = id, MaskSha256 = mask };
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
}
