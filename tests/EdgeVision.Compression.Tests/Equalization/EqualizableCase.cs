using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

/// <summary>What stands between and around two layers, and whether their channels can be scaled against each other.</summary>
/// <param name="Name">As the test is called.</param>
/// <param name="Pairs">First node and those behind it, as "first>second+second".</param>
internal sealed record EqualizableCase(string Name, OnnxModel Network, params string[] Pairs)
{
    private static readonly NodeProto First = Node("Conv", "x w1 b1", "t", "first");
    private static readonly TensorProto[] Convs = [W("w1", 4, 3, 3, 3), W("b1", 4), W("w2", 5, 4, 3, 3), W("b2", 5)];

    public static IReadOnlyList<EqualizableCase> Exact { get; } =
    [
        new("nothing", Of(Convs, First, Node("Conv", "t w2 b2", "y", "second")), "first>second"),
        new("Relu", Between(Node("Relu", "t", "u")), "first>second"),
        new("LeakyRelu", Between(Node("LeakyRelu", "t", "u")), "first>second"),
        new("PRelu", Of([.. Convs, W("slope", 4, 1, 1)], First, Node("PRelu", "t slope", "u"), Node("Conv", "u w2 b2", "y", "second")), "first>second"),
        new("MaxPool", Between(Node("MaxPool", "t", "u", null, OnnxNode.Ints("kernel_shape", 2, 2))), "first>second"),
        new("AveragePool", Between(Node("AveragePool", "t", "u", null, OnnxNode.Ints("kernel_shape", 2, 2))), "first>second"),
        new("GlobalAveragePool and Flatten before Gemm", Of(
            [.. Convs[..2], W("w2", 4, 6)],
            First, Node("Relu", "t", "u"), Node("GlobalAveragePool", "u", "v"), Node("Flatten", "v", "f"), Node("Gemm", "f w2", "y", "second")), "first>second"),
        new("Flatten before Gemm with transB", Of(
            [.. Convs[..2], W("w2", 6, 4 * 36)], First, Node("Flatten", "t", "f"), Node("Gemm", "f w2", "y", "second", OnnxNode.Int("transB", 1))), "first>second"),
        new("Reshape before MatMul", Of(
            [.. Convs[..2], W("w2", 4 * 36, 6), OnnxTensor.Of("shape", [2], [1L, -1L])], First, Node("Reshape", "t shape", "f"), Node("MatMul", "f w2", "y", "second")), "first>second"),
        new("grouped convolutions", Of(
            [W("w1", 4, 3, 1, 1), W("w2", 6, 2, 3, 3)], Node("Conv", "x w1", "t", "first"), Node("Relu", "t", "u"), Node("Conv", "u w2", "y", "second", OnnxNode.Int("group", 2))), "first>second"),
        new("ConvTranspose on both sides", Of(
            [W("w1", 3, 4, 2, 2), W("b1", 4), W("w2", 4, 3, 2, 2)], Node("ConvTranspose", "x w1 b1", "t", "first"), Node("Relu", "t", "u"), Node("ConvTranspose", "u w2", "y", "second", OnnxNode.Int("group", 2))), "first>second"),
        new("depthwise between", Of(
            [.. Convs[..2], W("wd", 4, 1, 3, 3), W("bd", 4), W("w2", 5, 4, 1, 1)],
            First, Node("Relu", "t", "u"), Node("Conv", "u wd bd", "v", "depthwise", OnnxNode.Int("group", 4)), Node("Relu", "v", "z"), Node("Conv", "z w2", "y", "second")), "first>depthwise", "depthwise>second"),
        new("two Gemm", Of(
            [W("w1", 192, 7), W("b1", 7), W("w2", 7, 2)], Node("Flatten", "x", "f"), Node("Gemm", "f w1 b1", "t", "first"), Node("Relu", "t", "u"), Node("Gemm", "u w2", "y", "second")), "first>second"),
        new("two ways that both end in a layer", Of(
            [.. Convs, W("w3", 5, 4, 3, 3)], First, Node("Relu", "t", "u"), Node("Conv", "u w2", "p", "left"), Node("Conv", "u w3", "q", "right"), Node("Concat", "p q", "y", null, OnnxNode.Int("axis", 1))), "first>left+right"),
        new("weights that both share", Of([W("w1", 3, 3, 3, 3)], Node("Conv", "x w1", "t", "first"), Node("Relu", "t", "u"), Node("Conv", "u w1", "y", "second")), "first>second"),
    ];

    public static IReadOnlyList<EqualizableCase> LeftAlone { get; } =
    [
        new("Add", Of([.. Convs], First, Node("Add", "t t", "u"), Node("Conv", "u w2 b2", "y", "second"))),
        new("a sum beside the path", Of([.. Convs[..3], W("w3", 5, 4, 3, 3)], First, Node("Relu", "t", "u"), Node("Conv", "u w2", "p", "second"), Node("Add", "u u", "v"), Node("Conv", "v w3", "q", "third"), Node("Add", "p q", "y"))),
        new("Concat", Of([.. Convs[..2], W("w2", 5, 8, 3, 3)], First, Node("Concat", "t t", "u", null, OnnxNode.Int("axis", 1)), Node("Conv", "u w2", "y", "second"))),
        new("SiLU", Of(Convs, First, Node("Sigmoid", "t", "s"), Node("Mul", "t s", "u"), Node("Conv", "u w2 b2", "y", "second"))),
        new("HardSwish", Between(Node("HardSwish", "t", "u"))),
        new("Clip", Between(Node("Clip", "t zero six", "u"))),
        new("a bias that is computed", Of([.. Convs], Node("Neg", "b1", "b"), Node("Conv", "x w1 b", "t", "first"), Node("Conv", "t w2 b2", "y", "second"))),
        new("Softmax", Between(Node("Softmax", "t", "u", null, OnnxNode.Int("axis", 1)))),
    ];

    public OnnxModel Open() => OnnxModel.Load(Network.Save(), Name);

    private static OnnxModel Between(NodeProto node) => Of([.. Convs, OnnxTensor.Of("zero", [], [0f]), OnnxTensor.Of("six", [], [6f])], First, node, Node("Conv", "u w2 b2", "y", "second"));

    private static OnnxModel Of(TensorProto[] constants, params NodeProto[] nodes) => SmallNetwork.Of([1, 3, 8, 8], constants, nodes);

    private static NodeProto Node(string operation, string inputs, string output, string? name = null, params AttributeProto[] attributes) =>
        OnnxNode.Of(operation, inputs.Split(' '), [output], attributes).Named(name ?? $"{operation}_{output}");

    private static TensorProto W(string name, params long[] dims) => SmallNetwork.Weights(name, dims.Length + (int)dims.Sum(), dims);
}
