using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests.Pruning;

/// <summary>Networks that others trained and exported: how much of each can shrink, and that zeroed channels leave without a trace.</summary>
public sealed class RealModelPruningTests
{
    /// <summary>Model, its input, and the least share of its convolutions that must be able to shrink.</summary>
    public static TheoryData<string, string, long[], double> Models => new()
    {
        { "resnet8_cifar10/resnet8_cifar10_fp32.onnx", "image", [1, 3, 32, 32], 1.0 },
        { "squeezenet/squeezenet_fp32.onnx", "data_0", [1, 3, 224, 224], 0.96 },
        { "yolox_nano/yolox_nano.onnx", "images", [1, 3, 416, 416], 0.92 },
        { "fastestdet/FastestDet.onnx", "input.1", [1, 3, 352, 352], 0.9 },
        { "ultraface/version-RFB-320.onnx", "input", [1, 3, 240, 320], 0.84 },
        { "lprnet/lprnet_cn_fp32.onnx", "image", [1, 3, 24, 94], 0.68 },
        { "espnetv2_seg/espnetv2_s_1.0_pascal_256x256.onnx", "image", [1, 3, 256, 256], 0.73 },
        { "mnist_cnn/mnist.onnx", "Input3", [1, 1, 28, 28], 1.0 },
        { "paddleocr/ch_PP-OCRv4_det_infer.onnx", "x", [1, 3, 64, 64], 0.98 },
        { "paddleocr/ch_PP-OCRv4_rec_infer.onnx", "x", [1, 3, 48, 96], 0.97 },
        { "paddleocr/ch_ppocr_mobile_v2.0_cls_infer.onnx", "x", [1, 3, 48, 192], 1.0 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Remove_ZeroedChannelsOfARealModel_ChangesNoOutput(string file, string input, long[] shape, double leastCoverage)
    {
        var shapes = new Dictionary<string, IReadOnlyList<long>> { [input] = shape };
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/" + file)), file);
        GraphCleanup.Apply(model, shapes);
        var coverage = Coverage(model, shapes);

        // PP-OCR's blocks end in one number that is added to all channels.
        var (difference, removed) = ZeroedChannels.Prune(model, seed: 1, shapes, readersToo: file.Contains("PP-OCRv4", StringComparison.Ordinal));

        Assert.InRange(difference, 0, 1e-5);
        Assert.True(removed > 0);
        Assert.InRange(coverage, leastCoverage, 1);
    }

    private static double Coverage(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>> shapes)
    {
        var groups = ChannelGroups.Of(model, shapes);
        var shrinking = groups.Groups.SelectMany(group => group.Layers).ToHashSet(StringComparer.Ordinal);
        var convolutions = groups.Trace.Layers.Where(layer => layer.Node.OpType is "Conv" or "ConvTranspose").Select(layer => layer.Node.Name).ToArray();
        return (double)convolutions.Count(shrinking.Contains) / convolutions.Length;
    }
}
