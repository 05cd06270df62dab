using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which operators have integer kernels in ONNX Runtime's CPU provider, and may so be written between DequantizeLinear and QuantizeLinear.</summary>
/// <remarks>After <c>qdq_selector_action_transformer.cc</c> of ONNX Runtime. Without one: HardSigmoid, HardSwish, PRelu, ConvTranspose, Resize that interpolates, Relu and Clip (these two only go where the range makes them superfluous).</remarks>
internal static class OperatorRoles
{
    private static readonly HashSet<string> Computing = new(StringComparer.Ordinal) { "Add", "Mul", "Sigmoid", "LeakyRelu", "GlobalAveragePool", "AveragePool", "Softmax" };

    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "MaxPool", "Reshape", "Transpose", "Slice", "Resize", "Flatten", "Squeeze", "Unsqueeze", "Split", "Gather", "Expand", "Tile",
    };

    public static OperatorRole Of(OnnxGraph graph, NodeProto node) => node switch
    {
        { Domain: not ("" or "ai.onnx") } => OperatorRole.Float,
        { OpType: "Conv" } when graph.Initializer(node.Input[1]) is not null => OperatorRole.Weighted,
        { OpType: "Gemm" } when IsPlain(node) && graph.Initializer(node.Input[1]) is not null => OperatorRole.Weighted,
        { OpType: "MatMul" } when graph.Initializer(node.Input[1]) is { Dims.Count: 2 } => OperatorRole.Weighted,
        { OpType: "Concat" } => OperatorRole.Joining,
        { OpType: "MaxPool", Output.Count: > 1 } => OperatorRole.Float,
        { OpType: "Resize" } when node.Attribute("mode")?.S.ToStringUtf8() is not (null or "nearest") => OperatorRole.Float,
        _ when Computing.Contains(node.OpType) => OperatorRole.Computing,
        _ when Passing.Contains(node.OpType) => OperatorRole.Passing,
        _ => OperatorRole.Float,
    };

    /// <summary>The inputs that carry numbers to be quantized, constants among them; shapes, indices and bounds are none.</summary>
    public static IEnumerable<string> Operands(NodeProto node) => node.OpType switch
    {
        "Concat" => node.Input,
        "Add" or "Mul" => node.Input,
        _ => node.Input.Take(1),
    };

    // Because the integer kernel knows neither factors nor a transposed left side.
    private static bool IsPlain(NodeProto gemm) =>
        (gemm.Attribute("alpha")?.F ?? 1) == 1 && (gemm.Attribute("beta")?.F ?? 1) == 1 && (gemm.Attribute("transA")?.I ?? 0) == 0;
}
