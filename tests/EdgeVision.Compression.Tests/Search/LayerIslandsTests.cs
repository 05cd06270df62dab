using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class LayerIslandsTests
{
    [Fact]
    public void With_LayerBeforeSwish_BringsGateAndProductAndNothingElse()
    {
        var model = SmallNetwork.Of(
            [1, 2, 4, 4],
            [SmallNetwork.Weights("w", 1, 2, 2, 1, 1)],
            OnnxNode.Of("Conv", ["x", "w"], ["c"]),
            OnnxNode.Of("Sigmoid", ["c"], ["gate"]),
            OnnxNode.Of("Mul", ["c", "gate"], ["swish"]),
            OnnxNode.Of("Conv", ["swish", "w"], ["d"]),
            OnnxNode.Of("Add", ["swish", "d"], ["y"]));

        var nodes = new LayerIslands(model.Graph).With(new HashSet<string> { "Conv_c" });

        Assert.Equal(["Conv_c", "Mul_swish", "Sigmoid_gate"], nodes.Order(StringComparer.Ordinal));
    }
}
