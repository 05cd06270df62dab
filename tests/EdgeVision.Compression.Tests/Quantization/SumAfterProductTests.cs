using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class SumAfterProductTests
{
    [Fact]
    public void Quantize_LastProductWithABias_StaysAnIntegerProduct()
    {
        var model = CleanupNetworks.Of(
            [1, 4, 64],
            [OnnxNode.Of("MatMul", ["x", "w"], ["m"]), OnnxNode.Of("Add", ["m", "b"], ["s"]), OnnxNode.Of("Softmax", ["s"], ["y"], OnnxNode.Int("axis", 2))],
            CleanupNetworks.Draw("w", 64, 100), CleanupNetworks.Draw("b", 100));
        GraphCleanup.Apply(model);
        var ranges = QdqQuantizer.ValuesToCalibrate(model, new QuantizationOptions()).ToDictionary(value => value, _ => new ValueRange(-1, 1));

        var quantized = QdqQuantizer.Quantize(model, CalibrationData.OfRanges(ranges), new QuantizationOptions());

        var run = OnnxModel.Load(TensorNetwork.Optimize(quantized.Onnx, "product"), "product", new GraphLimits(int.MaxValue, int.MaxValue)).Graph.Nodes.Select(node => node.OpType).ToArray();
        Assert.Contains("MatMulIntegerToFloat", run);
        Assert.DoesNotContain("DequantizeLinear", run);
        Assert.DoesNotContain("Gemm", run);
    }
}
