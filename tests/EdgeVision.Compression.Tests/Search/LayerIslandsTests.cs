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

    [Fact]
    public void With_LayerBeforeHardSwishInSingleNodes_BringsThemAll()
    {
        var model = SmallNetwork.Of(
            [1, 2, 4, 4],
            [SmallNetwork.Weights("w", 1, 2, 2, 1, 1), SmallNetwork.Weights("three", 1, 1), SmallNetwork.Weights("six", 2, 1)],
            OnnxNode.Of("Conv", ["x", "w"], ["c"]),
            OnnxNode.Of("Add", ["c", "three"], ["above"]),
            OnnxNode.Of("Clip", ["above"], ["gate"]),
            OnnxNode.Of("Mul", ["c", "gate"], ["product"]),
            OnnxNode.Of("Div", ["product", "six"], ["swish"]),
            OnnxNode.Of("Conv", ["swish", "w"], ["y"]));
        var islands = new LayerIslands(model.Graph);

        Assert.Equal(["Add_above", "Clip_gate", "Conv_c", "Div_swish", "Mul_product"], islands.With(new HashSet<string> { "Conv_c" }).Order(StringComparer.Ordinal));
    }
}
