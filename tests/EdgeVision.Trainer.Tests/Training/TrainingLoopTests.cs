using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

[Collection(Chance.Name)]
public sealed class TrainingLoopTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Ways => ["Adam", "AdamW", "Momentum"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void Run_StoppedAmidAnEpochAndResumed_EndsWithTheSameBits(string optimizer)
    {
        var options = new TrainingOptions
        {
            Epochs = 3, BatchSize = 16, Optimizer = Enum.Parse<OptimizerKind>(optimizer), LearningRate = 0.01, WeightDecay = 0.01, Schedule = RateSchedule.Cosine, WarmupEpochs = 0.5, AverageDecay = 0.9, ClipNorm = 1,
            LabelSmoothing = 0.1, Threads = 1,
        };
        using var whole = new SmallTraining(_directory.File("whole"), options).Run();

        using (var stopped = new SmallTraining(_directory.File("parts"), options) { StopAfter = 17 })
        {
            Assert.Throws<OperationCanceledException>(stopped.Run);
        }

        using var resumed = new SmallTraining(_directory.File("parts"), options);
        Assert.Equal((1, 4), (resumed.State.Epoch, resumed.State.Step)); // 13 steps an epoch, its end is reported too, and a stop is seen by the next step
        Assert.Equal(whole.Weights, resumed.Run().Weights);
        Assert.Equal(Losses("whole"), Losses("parts"));
    }

    [Fact]
    public void Run_Stripes_AreLearnt()
    {
        using var training = new SmallTraining(_directory.File("run"), new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 0.01, Threads = 1 }).Run();

        Assert.InRange(training.State.BestValue, 0.9, 1);
    }

    [Fact]
    public void Run_NoBetterValidation_StopsAfterPatience()
    {
        var options = new TrainingOptions { Epochs = 50, BatchSize = 16, LearningRate = 1e-9, Patience = 2, Threads = 1 };
        using var training = new SmallTraining(_directory.File("run"), options).Run();

        Assert.Equal((3, 1), (training.State.Epoch, training.State.BestEpoch));
        Assert.True(File.Exists(training.Folder.Best));
    }

    [Fact]
    public void Run_LossThatIsNoNumber_StopsNamesTheBatchAndKeepsTheCheckpoint()
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 16, Threads = 1 };
        using var training = new SmallTraining(_directory.File("run"), options, objective => new PoisonedObjective(objective, step: 20));

        var message = Assert.Throws<TrainerException>(training.Run).Message;

        Assert.Matches(@"in batch \d+ of epoch 2 \(.*, .*last good checkpoint is", message);
        using var kept = new SmallTraining(_directory.File("run"), options);
        Assert.Equal(1, kept.State.Epoch);
        Assert.All(kept.Weights, weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Load_CheckpointOfAnotherWayToTrain_IsRefused()
    {
        using (new SmallTraining(_directory.File("run"), new TrainingOptions { Epochs = 1, Threads = 1 }).Run())
        {
        }

        var other = new TrainingOptions { Epochs = 1, Threads = 1, Optimizer = OptimizerKind.Momentum };
        Assert.Contains("another way to train", Assert.Throws<TrainerException>(() => new SmallTraining(_directory.File("run"), other)).Message, StringComparison.Ordinal);
    }

    private IEnumerable<string> Losses(string run) => File.ReadAllLines(Path.Combine(_directory.File(run), "metrics.jsonl")).Select(line => line[..line.IndexOf("\"seconds", StringComparison.Ordinal)]);
}
