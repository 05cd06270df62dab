using EdgeVision.Inference;
using EdgeVision.Packaging;
using static EdgeVision.Onnx.OnnxNode;

namespace EdgeVision.Compression.Tests;

public sealed class WeightOnlyVariantTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void VisionModel_WeightOnlyVariant_IsWidenedWhenItIsLoadedAndNoOtherVariantIs()
    {
        var model = CleanupNetworks.Of([1, 3, 8, 8], [Of("Conv", ["x", "w"], ["c"]), Of("Relu", ["c"], ["y"])], CleanupNetworks.Draw("w", 32, 3, 3, 3));
        var network = WeightOnlyQuantizer.Quantize(model);
        var package = PackageWriter.Write(_folder.Path, Manifest, new Dictionary<string, byte[]> { ["a.onnx"] = network, ["b.onnx"] = network });

        using var widened = VisionModel.Load(package.Select(WeightOnlyQuantizer.Variant), new InferenceOptions());
        using var asItIs = VisionModel.Load(package.Select("int8-cpu-u8s8"), new InferenceOptions());

        // One DequantizeLinear less: the weights are floats before the first run.
        Assert.Equal(asItIs.Placement.NodesByProvider["cpu"] - 1, widened.Placement.NodesByProvider["cpu"]);
    }

    private static Manifest Manifest { get; } = new()
    {
        Schema = 1,
        Model = "weights",
        Version = "1.0.0",
        Files = [new ManifestFile("model", "a.onnx", 0, "") { Variant = WeightOnlyQuantizer.Variant }, new ManifestFile("model", "b.onnx", 0, "") { Variant = "int8-cpu-u8s8" }],
        Io = new ManifestIo([new ManifestTensor("x", "float32", [1, 3, 8, 8])], [new ManifestTensor("y", "float32", [1, 32, 6, 6])]),
        Preprocess = new ManifestPreprocess { Channels = "rgb", Resize = "stretch", Std = [255, 255, 255] },
        Decode = new ManifestDecode { Decoder = "none" },
    };
}
