using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>A real float model of the test data, with the lengths it is run at where the file leaves some open.</summary>
/// <param name="Greatest">Of the numbers that it was trained to read, from 0: noise far below them drowns in the network's constants.</param>
internal sealed record RealModel(string Path, string Input, long[] Lengths, float Greatest = 1)
{
    public static IReadOnlyList<RealModel> All { get; } =
    [
        new("models/squeezenet/squeezenet_fp32.onnx", "data_0", [1, 3, 224, 224]),
        new("models/yolox_nano/yolox_nano.onnx", "images", [1, 3, 416, 416], Greatest: 255),
        new("models/resnet8_cifar10/resnet8_cifar10_fp32.onnx", "image", [2, 3, 32, 32]),
        new("models/mnist_cnn/mnist.onnx", "Input3", [1, 1, 28, 28]),
        new("models/fastestdet/FastestDet.onnx", "input.1", [1, 3, 352, 352]),
        new("models/ultraface/version-RFB-320.onnx", "input", [1, 3, 240, 320]),
        new("models/ultraface/version-RFB-320_without_postprocessing.onnx", "input", [1, 3, 240, 320]),
        new("models/lprnet/lprnet_cn_fp32.onnx", "image", [1, 3, 24, 94]),
        new("models/paddleocr/ch_PP-OCRv4_det_infer.onnx", "x", [1, 3, 96, 96]),
        new("models/paddleocr/ch_PP-OCRv4_rec_infer.onnx", "x", [1, 3, 48, 160]),
        new("models/paddleocr/ch_ppocr_mobile_v2.0_cls_infer.onnx", "x", [1, 3, 48, 192]),
        new("models/espnetv2_seg/espnetv2_s_1.0_pascal_256x256.onnx", "image", [1, 3, 256, 256]),
        new("models/style_candy/candy.onnx", "inputImage", [1, 3, 720, 720]),
    ];

    public IReadOnlyDictionary<string, long[]> Inputs => new Dictionary<string, long[]> { [Input] = Lengths };

    public IReadOnlyDictionary<string, IReadOnlyList<long>> Pinned => new Dictionary<string, IReadOnlyList<long>> { [Input] = Lengths };

    /// <summary>The file; a last Sigmoid is taken off, because of noise it makes 1e-7, which is the size of its own rounding.</summary>
    public byte[] Read()
    {
        var onnx = File.ReadAllBytes(TestData.Require(Path));
        var model = OnnxModel.Load(onnx, Path);
        if (model.Graph.ProducerOf(model.Graph.Outputs[0].Name) is not { OpType: "Sigmoid" } last)
        {
            return onnx;
        }

        model.Graph.Remove(last);
        model.Graph.Outputs[0].Name = last.Input[0];
        return model.Save();
    }
}
