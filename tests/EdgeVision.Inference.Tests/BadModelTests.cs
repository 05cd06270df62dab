using System.Text;
using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

/// <summary>Models that cannot be used: each message names the thing and what to do.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void VisionModel_EmptyFile_SaysSo() => AssertRefused(manifest => manifest, [], "model.onnx is empty");

    [Fact]
    public void VisionModel_TextInsteadOfOnnx_SaysSo() =>
        AssertRefused(manifest => manifest, Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:abc\n"), "is not an ONNX network");

    [Fact]
    public void VisionModel_TruncatedFile_SaysSo()
    {
        var package = Zoo.Open("mnist-cnn");
        var whole = package.Read(package.Manifest.FileOf("model")!);

        AssertRefused(manifest => manifest, whole[..^100], "cut short");
    }

    [Fact]
    public void VisionModel_BytesFlippedInside_IsRefusedOrRunsButNeverCrashes()
    {
        var package = Zoo.Open("mnist-cnn");
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            var bytes = package.Read(package.Manifest.FileOf("model")!);
            bytes[random.Next(200)] ^= (byte)(1 << random.Next(8));
            var broken = Zoo.Change("mnist-cnn", _folder.Path, manifest => manifest, ("model.onnx", bytes));
            try
            {
                VisionModel.Load(broken, new InferenceOptions()).Dispose();
            }
            catch (InferenceException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    [Fact]
    public void VisionModel_WeightsOutsideTheFile_AreRefusedByPlace() => AssertToyRefused(
        ToyClassifier.WeightsOutside, manifest => manifest, "model.onnx: graph.initializer[0] keeps its values outside the file (external_data)");

    [Fact]
    public void VisionModel_OperatorsThatTheManifestDoesNotName_AreRefused() => AssertToyRefused(
        ToyClassifier.Mean, manifest => manifest with { Onnx = new ManifestOnnx { Opsets = new Dictionary<string, int> { [""] = 10 } } }, "opset_import[0] imports version 11 of ai.onnx; 1 to 10");

    [Fact]
    public void VisionModel_ForAnotherRuntime_NamesBoth() => AssertToyRefused(
        ToyClassifier.Mean, manifest => manifest with { Requires = new ManifestRequirements { Ort = ">=99" } }, "toy is for ONNX Runtime >=99, this is 1.");

    [Fact]
    public void VisionModel_ShapeOfMoreThanAnyMemory_IsRefusedBeforeItIsTaken() => AssertToyRefused(
        ToyClassifier.OpenSize,
        manifest => manifest with { Io = manifest.Io with { Inputs = [new ManifestTensor("in", "float32", [1, 3, int.MaxValue, int.MaxValue])] } },
        "is more than 268435456 values");

    [Fact]
    public void VisionModel_OtherInputShape_NamesBoth() => AssertRefused(
        manifest => manifest with { Io = manifest.Io with { Inputs = [new ManifestTensor("Input3", "float32", [1, 1, 32, 32])] } },
        null,
        "input 'Input3' has shape [1, 1, 28, 28] in the network but [1, 1, 32, 32] in the manifest");

    [Fact]
    public void VisionModel_OtherInputName_ListsThoseThere() => AssertRefused(
        manifest => manifest with { Io = manifest.Io with { Inputs = [new ManifestTensor("images", "float32", [1, 1, 28, 28])] } },
        null,
        "no input 'images', only Input3");

    [Fact]
    public void VisionModel_OtherOutputType_NamesBoth() => AssertRefused(
        manifest => manifest with { Io = manifest.Io with { Outputs = [new ManifestTensor("Plus214_Output_0", "uint8", [1, 10])] } },
        null,
        "is float32 in the network but uint8 in the manifest");

    [Fact]
    public void VisionModel_ColourPicturesIntoAGreyNetwork_SaysWhatToCorrect() => AssertRefused(
        manifest => manifest with { Preprocess = new ManifestPreprocess() }, null, "correct preprocess.channels");

    [Fact]
    public void VisionModel_UnknownDecoder_ListsTheKnown() => AssertRefused(
        manifest => manifest with { Decode = new ManifestDecode { Decoder = "yolov99" } }, null, "'yolov99' is not known to this daemon; use yolox, yolov5");

    [Fact]
    public void VisionModel_DecoderOfAnotherHead_SaysWhatItReads() => AssertRefused(
        manifest => manifest with { Decode = new ManifestDecode { Decoder = "fastestdet" } }, null, "reads an output of shape [1, 5 + classes, rows, columns], but the network gives [1, 10]");

    [Fact]
    public void VisionModel_OneLabelTooFew_CountsBoth()
    {
        var package = Zoo.Change("mnist-cnn", _folder.Path, manifest => manifest, ("labels.txt", "0\n1\n2\n"u8.ToArray()));

        var message = Assert.Throws<InferenceException>(() => VisionModel.Load(package, new InferenceOptions())).Message;

        Assert.Contains("tells 10 classes apart, but labels.txt has 3 labels", message, StringComparison.Ordinal);
    }

    private void AssertToyRefused(byte[] network, Func<Manifest, Manifest> change, string expected)
    {
        var package = PackageWriter.Write(
            _folder.Path, change(ToyClassifier.Manifest), new Dictionary<string, byte[]> { ["model.onnx"] = network, ["labels.txt"] = "red\ngreen\nblue\n"u8.ToArray() });

        Assert.Contains(expected, Assert.Throws<InferenceException>(() => VisionModel.Load(package, new InferenceOptions())).Message, StringComparison.Ordinal);
    }

    private void AssertRefused(Func<Manifest, Manifest> change, byte[]? onnx, string expected)
    {
        var package = onnx is null ? Zoo.Change("mnist-cnn", _folder.Path, change) : Zoo.Change("mnist-cnn", _folder.Path, change, ("model.onnx", onnx));

        var message = Assert.Throws<InferenceException>(() => VisionModel.Load(package, new InferenceOptions())).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
