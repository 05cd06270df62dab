using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx.Tests;

/// <summary>What was read and written again is the same network: ONNX Runtime gives the same bytes for the same input.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string, int[]> Models => new()
    {
        { "models/espnetv2_seg/espnetv2_s_1.0_pascal_256x256.onnx", [] },
        { "models/fastestdet/FastestDet.onnx", [] },
        { "models/lprnet/lprnet_cn_fp32.onnx", [] },
        { "models/mnist_cnn/mnist.onnx", [] },
        { "models/paddleocr/ch_PP-OCRv4_det_infer.onnx", [1, 64, 64] },
        { "models/paddleocr/ch_PP-OCRv4_rec_infer.onnx", [1, 160] },
        { "models/paddleocr/ch_ppocr_mobile_v2.0_cls_infer.onnx", [1, 48, 192] },
        { "models/resnet8_cifar10/resnet8_cifar10_fp32.onnx", [2] },
        { "models/squeezenet/squeezenet_fp32.onnx", [] },
        { "models/squeezenet/SqueezeNet_fp16.onnx", [] },
        { "models/ultraface/version-RFB-320.onnx", [] },
        { "models/yolox_nano/yolox_nano.onnx", [] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void OnnxModel_RealModelReadAndWritten_GivesTheSameOutputs(string path, int[] openLengths)
    {
        var original = File.ReadAllBytes(TestData.Require(path));

        var saved = OnnxModel.Load(original, path).Save();

        Assert.Equal(Network.Run(original, openLengths), Network.Run(saved, openLengths));
    }

    [Fact]
    public void OnnxModel_OperatorTestsReadAndWritten_GiveTheSameOutputs()
    {
        var folders = Directory.GetDirectories(TestData.Require("onnx_conformance/node"));
        Assert.True(folders.Length >= 111, $"only {folders.Length} operator tests");

        Assert.All(folders, folder =>
        {
            var original = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
            var inputs = Directory.GetFiles(Path.Combine(folder, "test_data_set_0"), "input_*.pb").Order(StringComparer.Ordinal)
                .Select(file => TensorProto.Parser.ParseFrom(File.ReadAllBytes(file))).ToArray();
            var saved = OnnxModel.Load(original, folder).Save();
            Assert.Equal(Network.Run(original, inputs), Network.Run(saved, inputs));
        });
    }

    [Fact]
    public void OnnxModel_SavedTwice_GivesTheSameBytes()
    {
        var original = File.ReadAllBytes(TestData.Require("models/yolox_nano/yolox_nano.onnx"));
        var model = OnnxModel.Load(original, "yolox_nano.onnx");

        var first = model.Save();

        Assert.Equal(first, model.Save());
        Assert.Equal(first, OnnxModel.Load(first, "again").Save());
    }

    [Fact]
    public void OnnxModel_FieldItDoesNotKnow_ComesBack()
    {
        // Field 26 (configurations of IR 11) is not in our schema: tag 26 << 3 | 2 = 210 = 0xd2 0x01, then two bytes.
        byte[] tail = [0xd2, 0x01, 0x02, 0x0a, 0x00];
        byte[] original = [.. Chains.TwoRelus().Save(), .. tail];

        Assert.Equal(original, OnnxModel.Load(original, "later").Save());
    }
}
