using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Two trainings of <see cref="Stripes"/> on the same frozen pictures, one that learnt and one that did not, with class names that want to be markup. Made once for all tests that ask for them.</summary>
public sealed class TwoRuns : IDisposable
{
    public const string Collection = "two runs";

    private readonly TemporaryDirectory _directory = new();

    public TwoRuns()
    {
        var good = new RunSettings
        {
            Model = "mlp", Data = new DataWish { Data = Frozen() }, Cost = new DecisionCost(5, 1), Options = new TrainingOptions { Epochs = 8, LearningRate = 0.005, Threads = 1 },
        };
        TrainingRun.Start(Good, good, new Nobody(), default);
        TrainingRun.Start(Bad, good with { Options = good.Options with { Epochs = 1, LearningRate = 1e-9 } }, new Nobody(), default);
    }

    public string Good => _directory.File("good");

    public string Bad => _directory.File("bad");

    public void Dispose() => _directory.Dispose();

    private string Frozen()
    {
        var wish = new DataWish { Data = Stripes.Write(_directory.File("data"), 1_200) };
        using var opened = wish.Open(new FreezeOptions { Name = "stripes", Shares = new SplitShares(0.25, 0.25) }, threads: 1);
        var path = _directory.File("stripes.version.json");
        VersionFile.Write((opened.Version with { Classes = ["<b>rows</b>", "columns & \"more\""] }).Sealed(), path);
        return path;
    }

    private sealed class Nobody : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }
}
