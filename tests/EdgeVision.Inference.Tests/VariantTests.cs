using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

public sealed class VariantTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mean", 200 / 255f)]
    [InlineData("share", 0.5f)]
    public void VisionModel_SelectedVariant_IsTheOneThatRuns(string variant, float red)
    {
        var manifest = ToyClassifier.Manifest with
        {
            Files = [new ManifestFile("model", "a.onnx", 0, "") { Variant = "mean" }, new ManifestFile("model", "b.onnx", 0, "") { Variant = "share" }, new ManifestFile("labels", "labels.txt", 0, "")],
        };
        var package = PackageWriter.Write(
            _folder.Path, manifest, new Dictionary<string, byte[]> { ["a.onnx"] = ToyClassifier.Mean, ["b.onnx"] = ToyClassifier.Share, ["labels.txt"] = "red\ngreen\nblue\n"u8.ToArray() });
        using var model = VisionModel.Load(package.Select(variant), new InferenceOptions());
        using var frame = ImageCodec.Decode(ToyClassifier.Picture(200, 100, 100), "colour");
        var result = new VisionResult();

        model.Infer(frame, result);

        Assert.Equal(red, result.Classes[0].Confidence, 0.01f);
        Assert.Equal(package.Digest, model.Identity.Digest);
    }

    /// <summary>What the walker lets through as newest, ONNX Runtime must know: or a package would be refused only when it is loaded.</summary>
    [Fact]
    public void OnnxLimits_NewestVersions_AreWhatOnnxRuntimeRuns()
    {
        var limits = new OnnxLimits();
        var package = ToyClassifier.Write(_folder.Path, ToyClassifier.MeanOf(limits.IrMax, limits.Opsets));

        using var model = VisionModel.Load(package, new InferenceOptions());

        Assert.Equal(3, model.Labels.Count);
    }
}
