using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

/// <summary>Networks of a few layers, calibrated with ranges by hand.</summary>
internal static class SmallNetworks
{
    /// <summary>x -> Conv "first" -> Relu -> MaxPool -> Conv "second" -> y, 8x8 with 3, 4 and 4 channels.</summary>
    public static OnnxModel Chain() => CleanupNetworks.Of(
        [1, 3, 8, 8],
        [
            Named(OnnxNode.Of("Conv", ["x", "w1", "b1"], ["sum"]), "first"),
            Named(OnnxNode.Of("Relu", ["sum"], ["positive"]), "relu"),
            Named(OnnxNode.Of("MaxPool", ["positive"], ["pooled"], OnnxNode.Ints("kernel_shape", 2, 2), OnnxNode.Ints("strides", 2, 2)), "pool"),
            Named(OnnxNode.Of("Conv", ["pooled", "w2", "b2"], ["y"]), "second"),
        ],
        CleanupNetworks.Draw("w1", 4, 3, 3, 3), CleanupNetworks.Draw("b1", 4), CleanupNetworks.Draw("w2", 4, 4, 3, 3), CleanupNetworks.Draw("b2", 4));

    /// <summary>x -> Conv "stem" -> Relu -> Conv "inner" -> Add with the Relu -> Relu -> Conv "head" -> Sigmoid -> y.</summary>
    public static OnnxModel Residual() => CleanupNetworks.Of(
        [1, 3, 8, 8],
        [
            Named(OnnxNode.Of("Conv", ["x", "w1", "b1"], ["sum"]), "stem"),
            Named(OnnxNode.Of("Relu", ["sum"], ["positive"]), "relu"),
            Named(OnnxNode.Of("Conv", ["positive", "w2", "b2"], ["branch"], OnnxNode.Ints("pads", 1, 1, 1, 1)), "inner"),
            Named(OnnxNode.Of("Add", ["branch", "positive"], ["added"]), "add"),
            Named(OnnxNode.Of("Relu", ["added"], ["rest"]), "relu2"),
            Named(OnnxNode.Of("Conv", ["rest", "w3", "b3"], ["logits"]), "head"),
            Named(OnnxNode.Of("Sigmoid", ["logits"], ["y"]), "probabilities"),
        ],
        CleanupNetworks.Draw("w1", 4, 3, 3, 3), CleanupNetworks.Draw("b1", 4), CleanupNetworks.Draw("w2", 4, 4, 3, 3), CleanupNetworks.Draw("b2", 4), CleanupNetworks.Draw("w3", 2, 4, 1, 1), CleanupNetworks.Draw("b3", 2));

    /// <summary>Noise from -1 to 1.</summary>
    public static NetworkTensor Picture(int seed)
    {
        var random = new Random(seed);
        return NetworkTensor.Of([1, 3, 8, 8], [.. Enumerable.Range(0, 3 * 8 * 8).Select(_ => (random.NextSingle() * 2) - 1)]);
    }

    /// <summary>Calibrated with four pictures of noise.</summary>
    public static QuantizedNetwork Quantize(OnnxModel model, QuantizationOptions? options = null)
    {
        options ??= new QuantizationOptions();
        return QdqQuantizer.Quantize(model, Calibrator.Collect(model.Save(), "small.onnx", QdqQuantizer.ValuesToCalibrate(model, options), Enumerable.Range(1, 4).Select(Picture)), options);
    }

    private static NodeProto Named(NodeProto node, string name)
    {
        node.Name = name;
        return node;
    }
}
