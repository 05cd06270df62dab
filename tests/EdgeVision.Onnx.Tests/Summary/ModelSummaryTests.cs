namespace EdgeVision.Onnx.Tests;

public sealed class ModelSummaryTests
{
    [Fact]
    public void Of_TwoLayers_IsCountedAsByHand()
    {
        // x [2] as [1,1,1,2]; Conv of 3 filters 1x1: 2 places x 3 channels = 6 MACs. As [1,6] times [6,4]: 24 MACs.
        var model = Chains.Of(
            OnnxNode.Of("Constant", [], ["wide"], OnnxNode.Ints("value_ints", 1, 1, 1, 2)), Weights("w", [3, 1, 1, 1]), Weights("m", [6, 4]),
            OnnxNode.Of("Reshape", ["x", "wide"], ["picture"]), OnnxNode.Of("Conv", ["picture", "w"], ["c"]), OnnxNode.Of("Flatten", ["c"], ["row"]), OnnxNode.Of("MatMul", ["row", "m"], ["y"]));

        var summary = ModelSummary.Of(model);

        Assert.Equal(30, summary.Macs);
        Assert.Equal(3 + 24, summary.Parameters);
        Assert.Equal(4 * (3 + 24), summary.WeightBytes);
        Assert.Equal(("Conv_c", 6L, 3L), summary.Nodes.Where(node => node.Operator == "Conv").Select(node => (node.Name, node.Macs!.Value, node.Parameters)).Single());
        Assert.Equal(KeyValuePair.Create("Constant", 3), summary.Operators[0]);
        Assert.Equal(QuantFormat.None, summary.Quantization);
        Assert.Empty(summary.CustomDomains);
    }

    [Fact]
    public void Of_OpenBatch_IsCountedForOnePicture()
    {
        var summary = ModelSummary.Of(OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/resnet8_cifar10/resnet8_cifar10_fp32.onnx")), "resnet8.onnx"));

        // The ResNet-8 of MLPerf Tiny: 12.5 million multiply-accumulates, 78 thousand parameters.
        Assert.Equal(-1, summary.Inputs[0].Shape!.Lengths[0]);
        Assert.InRange(summary.Macs!.Value, 12_400_000, 12_600_000);
        Assert.InRange(summary.Parameters, 77_000, 79_000);
    }

    [Theory]
    [InlineData("QuantizeLinear", QuantFormat.Qdq)]
    [InlineData("DequantizeLinear", QuantFormat.WeightOnly)]
    [InlineData("QLinearConv", QuantFormat.QOperator)]
    [InlineData("DynamicQuantizeLinear", QuantFormat.Dynamic)]
    public void Of_QuantizedNetwork_SaysHow(string operation, QuantFormat expected) =>
        Assert.Equal(expected, ModelSummary.Of(Chains.Of(OnnxNode.Of(operation, ["x"], ["y"]))).Quantization);

    [Fact]
    public void Of_ForeignOperator_IsCountedByItsDomain()
    {
        var foreign = OnnxNode.Of("Swish", ["x"], ["y"]);
        foreign.Domain = "acme";

        var summary = ModelSummary.Of(Chains.Of(foreign));

        Assert.Equal(["acme"], summary.CustomDomains);
        Assert.Equal("acme.Swish", summary.Operators[0].Key);
    }

    private static Schema.NodeProto Weights(string name, long[] dims) =>
        OnnxNode.Of("Constant", [], [name], new Schema.AttributeProto { Name = "value", Type = Schema.AttributeProto.Types.AttributeType.Tensor, T = OnnxTensor.Of(name, dims, new float[dims.Aggregate((a, b) => a * b)]) });
}
