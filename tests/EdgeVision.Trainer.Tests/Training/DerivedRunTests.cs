using EdgeVision.Compression;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Quantization;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

[Collection(Chance.Name)]
public sealed class DerivedRunTests : IDisposable
{
    private static readonly PruningOptions Half = new() { Macs = 0.5, RoundTo = 4 };
    private static readonly FineTuning Short = new(Epochs: 2, RateShare: 0.5);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Prune_TrainedRun_IsARunOfItsOwnThatResumesToTheSameBits()
    {
        var source = Trained();
        var whole = Run((progress, stop) => DerivedRun.Prune(source.Path, _directory.File("whole"), Half, Short, progress, stop));
        Stopped(7, (progress, stop) => DerivedRun.Prune(source.Path, _directory.File("parts"), Half, Short, progress, stop));
        Directory.Delete(source.Path, recursive: true); // nothing of it is needed any more
        var resumed = Run((progress, stop) => TrainingRun.Resume(_directory.File("parts"), progress, stop));

        Assert.InRange((double)whole.Macs / source.Macs, 0.4, 0.6);
        Assert.InRange(whole.MaxExportDifference, 0, 1e-5);
        Assert.InRange(whole.Value, source.Value - 0.1, 1);
        Assert.Equal((whole.Value, whole.Macs), (resumed.Value, resumed.Macs));
        Assert.Equal(File.ReadAllBytes(_directory.File("whole/model.onnx")), File.ReadAllBytes(_directory.File("parts/model.onnx")));
    }

    [Fact]
    public void Quantize_PrunedRun_ResumesToTheSameBitsAndAnswersInOnnxRuntimeAsWhenTrained()
    {
        var source = Trained();
        Run((progress, stop) => DerivedRun.Prune(source.Path, _directory.File("pruned"), Half, Short, progress, stop));
        var whole = Run((progress, stop) => DerivedRun.Quantize(_directory.File("pruned"), _directory.File("whole"), WeightScaling.PerTensor, Short, progress, stop));
        Stopped(7, (progress, stop) => DerivedRun.Quantize(_directory.File("pruned"), _directory.File("parts"), WeightScaling.PerTensor, Short, progress, stop));
        var resumed = Run((progress, stop) => TrainingRun.Resume(_directory.File("parts"), progress, stop));

        Assert.InRange(whole.Int8!.Value!.Value, whole.Value - 0.021, whole.Value + 0.021); // one of 100 pictures may fall on the other side
        Assert.InRange(whole.Value, source.Value - 0.1, 1);
        Assert.Equal(whole.Int8!.Value, resumed.Int8!.Value);
        Assert.Equal(File.ReadAllBytes(_directory.File("whole/model.int8.onnx")), File.ReadAllBytes(_directory.File("parts/model.int8.onnx")));
        Assert.Contains("learnt for 8 bits", Assert.Throws<TrainerException>(() => DerivedRun.Prune(_directory.File("whole"), _directory.File("no"), Half, Short, new StopAfter(0), default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_QuantizedRun_OffersTheNetworkThatLearntForEightBits()
    {
        Trained();
        Run((progress, stop) => DerivedRun.Quantize(_directory.File("source"), _directory.File("small"), WeightScaling.PerChannel, Short, progress, stop));
        var request = new ReleaseRequest { Run = _directory.File("small"), Name = "stripes", Output = _directory.File("package"), Target = CompressionTarget.Cpu, MaxDrop = 5, Quick = true };

        var released = new ReleaseRun(request, (_, _) => { }, _ => { }).Run(TestContext.Current.CancellationToken);

        Assert.Null(released.Refusal);
        var package = ModelPackage.Open(request.Output).Select("int8-trained");
        Assert.Equal(File.ReadAllBytes(_directory.File("small/model.int8.onnx")), package.Read(package.ModelFile));
    }

    [Fact]
    public void Prune_RunThatIsNotDone_IsRefused()
    {
        Stopped(3, (progress, stop) => TrainingRun.Start(_directory.File("run"), Settings(), progress, stop));

        Assert.Contains("resume", Assert.Throws<TrainerException>(() => DerivedRun.Prune(_directory.File("run"), _directory.File("no"), Half, Short, new StopAfter(0), default)).Message, StringComparison.Ordinal);
    }

    private RunSettings Settings() => new()
    {
        Model = "resnet8", Width = 0.5, Activation = ActivationKind.Relu6, Data = new DataWish { Data = Stripes.Write(_directory.File("stripes"), 400) }, Shares = new SplitShares(0.25, 0.25),
        Options = new TrainingOptions { Epochs = 6, BatchSize = 16, LearningRate = 0.01, Threads = 1 },
    };

    private (string Path, double Value, long Macs) Trained()
    {
        var path = _directory.File("source");
        var result = Run((progress, stop) => TrainingRun.Start(path, Settings(), progress, stop));
        return (path, result.Value, result.Macs);
    }

    private static RunResult Run(Func<IProgress<TrainingProgress>, CancellationToken, RunResult?> run)
    {
        using var watch = new StopAfter(int.MaxValue);
        return run(watch, watch.Token)!;
    }

    private static void Stopped(int reports, Func<IProgress<TrainingProgress>, CancellationToken, RunResult?> run)
    {
        using var watch = new StopAfter(reports);
        Assert.Throws<OperationCanceledException>(() => run(watch, watch.Token));
    }
}
