using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

public sealed class SegmenterReleaseTests : IDisposable
{
    private readonly PictureSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Release_Segmenter_IsJudgedByMasksAndFindsTheSpotOnADevice()
    {
        Parts.Write(_set, count: 160, size: 32);
        Train("run", "good,spot");
        var request = new ReleaseRequest { Run = _set.File("run"), Name = "spots", Output = _set.File("package"), Target = CompressionTarget.Cpu, MaxDrop = 3, Quick = true };

        var released = new ReleaseRun(request, (_, _) => { }, _ => { }).Run(TestContext.Current.CancellationToken);

        Assert.Null(released.Refusal);
        Assert.Equal("miou", released.Metric);
        Assert.InRange(released.Value, 0.75, 1);
        Assert.InRange(released.Low, 0.5, released.Value);
        var package = ModelPackage.Open(request.Output);
        Assert.Equal(["good", "spot"], package.ReadLabels());
        using var model = VisionModel.Load(package, new InferenceOptions { Providers = ["cpu"] });
        var result = new VisionResult();
        Assert.InRange(SpotsOf(model, result, "parts/spotted/0.png"), 0.025, 0.05); // 37 of 1,024 pixels
        Assert.InRange(SpotsOf(model, result, "parts/good/1.png"), 0, 0.002);
    }

    [Fact]
    public void Start_OtherThanOneNameForEachClassOfTheMasks_SaysHowManyThereAre()
    {
        Parts.Write(_set, count: 40, size: 32);

        Assert.Contains("tell 2 classes apart, 0 to 1", Assert.Throws<TrainerException>(() => Train("run", "good,spot,scratch")).Message, StringComparison.Ordinal);
    }

    private RunResult Train(string run, string classes)
    {
        var settings = new RunSettings
        {
            Model = "segmenter", Width = 0.5, MaskClasses = classes.Split(','), Data = new DataWish { Data = _set.File("parts"), Masks = _set.File("masks") }, Shares = new SplitShares(0.2, 0.3),
            Accepted = Enum.GetValues<FindingKind>(), Options = new TrainingOptions { Epochs = 25, BatchSize = 8, LearningRate = 0.01, Schedule = RateSchedule.Cosine, Threads = 1 },
        };
        return TrainingRun.Start(_set.File(run), settings, new Progress<TrainingProgress>(), TestContext.Current.CancellationToken)!;
    }

    private float SpotsOf(VisionModel model, VisionResult result, string picture)
    {
        using var frame = ImageCodec.Decode(File.ReadAllBytes(_set.File(picture)), picture);
        model.Infer(frame, result);
        return result.ClassMap.ShareOf(1);
    }
}
