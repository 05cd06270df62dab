using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression.Tests;

/// <summary>The whole search on a real model that takes a second.</summary>
public sealed class ModelCompressorTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<CompressionStep> _steps = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compress_Digits_GivesAPackageWhoseEveryVariantPassesItsExam()
    {
        var result = ModelCompressor.Compress(Request(CompressionTarget.Auto), new StepList(_steps));

        Assert.Equal(CompressionOutcome.Compressed, result.Outcome);
        var package = ModelPackage.Open(_folder.File("out"));
        Assert.Equal(FloatSubject.Variant, package.Variants[^1]);
        Assert.Contains("int8-cpu-u8s8", package.Variants);
        Assert.Equal(2, package.Manifest.Counter);
        Assert.Equal(result.Report.Provenance.CalibrationDigest, package.Manifest.Quant!.Calibration);
        Assert.Equal(WorkFolder.DigestOf(File.ReadAllBytes(Path.Combine(result.ReportDirectory, ReportFiles.Json))), package.Manifest.Provenance!.EvalReportSha256);
        Assert.Equal(Enumerable.Range(1, CompressionStep.Count), _steps.Where(step => step.Share == 1).Select(step => step.Number).Distinct());
        // Every 500th digit calibrates, every 50th evaluates.
        Assert.Contains(result.Report.Warnings, warning => warning.StartsWith("20 of 200 evaluation pictures are calibration pictures too", StringComparison.Ordinal));
        foreach (var variant in package.Variants)
        {
            using var model = VisionModel.Load(package.Select(variant), new InferenceOptions { Providers = ["cpu"] });
            Assert.Equal(GoldenOutcome.Pass, GoldenExam.Run(model, package.Select(variant)).Outcome);
        }
    }

    [Fact]
    public void Compress_CalibratedOnTheVeryPicturesOfTheEvaluation_StillMeasuresTruthAndWarns()
    {
        var report = ModelCompressor.Compress(Request(CompressionTarget.Cpu) with { EvaluationLimit = 20, MaxDrop = 10 }).Report;

        Assert.Equal("top1", Assert.Single(report.Variants).Metric);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("20 of 20 evaluation pictures are calibration pictures too", StringComparison.Ordinal));
    }

    [Fact]
    public void Compress_PicturesWithoutTruth_AreMeasuredByAgreementWithTheFloatNetwork()
    {
        Directory.CreateDirectory(_folder.File("pictures"));
        File.WriteAllBytes(Path.Combine(_folder.File("pictures"), "one.jpg"), DatasetFolder.Picture);

        var report = ModelCompressor.Compress(Request(CompressionTarget.Cpu) with { Evaluation = _folder.File("pictures"), MaxDrop = 100 }).Report;

        Assert.Equal(("agreement", 1), (Assert.Single(report.Variants).Metric, report.Baseline.Value));
    }

    [Fact]
    public void Compress_NetworkThatLearntForEightBits_IsOneMoreVariantWithItsProof()
    {
        var calibrated = ModelPackage.Open(Path.GetDirectoryName(ModelCompressor.Compress(Request(CompressionTarget.Cpu)).ReportDirectory)!);
        var request = Request(CompressionTarget.WeightOnly) with { Output = _folder.File("trained"), Trained = calibrated.PathOf(calibrated.ModelFile) };

        var report = ModelCompressor.Compress(request).Report;

        var trained = Assert.Single(report.Variants, variant => variant.Kind == "int8-trained");
        Assert.InRange(trained.Drop, -1, 1);
        Assert.Equal(calibrated.Read(calibrated.ModelFile), ModelPackage.Open(request.Output).Select("int8-trained") is var package ? package.Read(package.ModelFile) : []);
    }

    [Fact]
    public void Compress_StoppedInTheSearch_LeavesNothingAndGoesOnToTheSameNetworks()
    {
        using var stop = new CancellationTokenSource();
        var request = Request(CompressionTarget.Cpu);

        Assert.Throws<OperationCanceledException>(() => ModelCompressor.Compress(request, new StopAt(5, stop), stop.Token));
        Assert.False(Directory.Exists(request.Output));
        var resumed = ModelCompressor.Compress(request).Report;
        var fresh = ModelCompressor.Compress(request with { Fresh = true }).Report;

        Assert.Equal(fresh.Variants.Select(variant => (variant.Kind, variant.Bytes, variant.Value, variant.Recipe)), resumed.Variants.Select(variant => (variant.Kind, variant.Bytes, variant.Value, variant.Recipe)));
    }

    [Fact]
    public void Compress_NothingMayBeLostAndMuchIs_WritesTheReportAlone()
    {
        // A lens cap teaches ranges that hold no digit, whatever layers stay float.
        Directory.CreateDirectory(_folder.File("dark"));
        File.WriteAllBytes(Path.Combine(_folder.File("dark"), "dark.png"), Pixel.Black);
        var request = Request(CompressionTarget.Cpu) with { MaxDrop = 0, Calibration = _folder.File("dark") };

        var result = ModelCompressor.Compress(request);

        Assert.Equal(CompressionOutcome.NothingGoodEnough, result.Outcome);
        Assert.StartsWith("No variant stays within", result.Report.Verdict, StringComparison.Ordinal);
        Assert.Contains(result.Report.Warnings, warning => warning.StartsWith("1 calibration pictures are black", StringComparison.Ordinal));
        Assert.Equal([ReportFiles.Folder], Directory.EnumerateFileSystemEntries(request.Output).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("package", "holds")]
    [InlineData("foreign", "which is no part of a package")]
    public void Compress_OutputThatWouldDestroySomething_IsRefused(string output, string words)
    {
        Directory.CreateDirectory(_folder.File("foreign"));
        File.WriteAllText(Path.Combine(_folder.File("foreign"), "holiday.jpg"), "");
        Directory.CreateDirectory(_folder.File("package"));
        var request = Request(CompressionTarget.Cpu) with { Model = Path.Combine(_folder.File("package"), "model"), Output = _folder.File(output) };

        var refusal = Assert.Throws<CompressionException>(() => ModelCompressor.Compress(request));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private CompressionRequest Request(CompressionTarget target)
    {
        var network = TestData.Require("models/mnist_cnn/mnist.onnx");
        var digits = TestData.Require("datasets/mnist_t10k");
        var manifest = ManifestReader.Read(File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "models/zoo/mnist-cnn/manifest.json")), "manifest.json");
        PackageWriter.Write(_folder.File("digits"), manifest, new Dictionary<string, byte[]>
        {
            ["model.onnx"] = File.ReadAllBytes(network), ["labels.txt"] = File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "models/zoo/mnist-cnn/labels.txt")),
        });
        return new CompressionRequest
        {
            Model = _folder.File("digits"), Calibration = digits, CalibrationLimit = 20, Evaluation = digits, EvaluationLimit = 200, Output = _folder.File("out"), Target = target, Threads = 1, MaxDrop = 1,
        };
    }

    private sealed class StepList(List<CompressionStep> steps) : IProgress<CompressionStep>
    {
        public void Report(CompressionStep value) => steps.Add(value);
    }

    private sealed class StopAt(int number, CancellationTokenSource stop) : IProgress<CompressionStep>
    {
        public void Report(CompressionStep value)
        {
            if (value.Number == number)
            {
                stop.Cancel();
            }
        }
    }
}
