using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>Multiply-accumulates and parameters of single nodes.</summary>
internal sealed class CostMeter(OnnxModel model, GraphShapes shapes)
{
    /// <summary>Lengths and indices are no parameters, and they are int64 by the standard.</summary>
    public static bool IsParameter(TensorProto tensor) => tensor.TypeOf() is not (DataType.Int64 or DataType.String);

    public NodeCost Of(NodeProto node)
    {
        var name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault() ?? "";
        try
        {
            return new NodeCost(name, node.OpType, MacsOf(node), node.Input.Distinct().Sum(Parameters), Output(node));
        }
        catch (ArithmeticException exception)
        {
            throw new OnnxException($"{model.Name}: {OnnxNode.Describe(node)} would need more work than can be counted. The file is broken: export it again.", exception);
        }
    }

    private long? MacsOf(NodeProto node) => node.OpType switch
    {
        "Conv" or "ConvInteger" or "FusedConv" => PerElement(Output(node), Input(node, 1)),
        "QLinearConv" => PerElement(Output(node), Input(node, 3)),
        "ConvTranspose" => PerElement(Input(node, 0), Input(node, 1)),
        "Gemm" => Inner(node, node.Attribute("transA")?.I > 0 ? 0 : 1),
        "MatMul" or "MatMulInteger" or "QLinearMatMul" => Inner(node, (Input(node, 0)?.Rank ?? 1) - 1),
        "GRU" or "LSTM" or "RNN" => Recurrent(Input(node, 0), Input(node, 1), Input(node, 2)),
        _ => 0,
    };

    // Each element is joined with one filter: all its lengths but the first, which counts filters (of a transposed convolution: channels of the input).
    private static long? PerElement(ValueShape? data, ValueShape? weights) =>
        data?.Count * weights?.Lengths.Skip(1).Aggregate((long?)1, (product, length) => length < 0 ? null : product * length);

    // At every step each weight of the step's features and of the memory is used once.
    private static long? Recurrent(ValueShape? steps, ValueShape? weights, ValueShape? memory) =>
        steps?.Lengths is [>= 0 and var count, >= 0 and var batch, _] ? count * batch * (weights?.Count + memory?.Count) : null;

    private long? Inner(NodeProto node, int axis) => Input(node, 0)?.Lengths.ElementAtOrDefault(axis) is >= 0 and var inner ? Output(node)?.Count * inner : null;

    private long Parameters(string value) =>
        ConstantOf(value) is { } tensor ? IsParameter(tensor) ? tensor.Count() : 0
        : model.Graph.ProducerOf(value) is { OpType: "DequantizeLinear" } dequantize && ConstantOf(dequantize.Input.FirstOrDefault() ?? "") is { } weights ? weights.Count() : 0;

    private TensorProto? ConstantOf(string value) => model.Graph.Initializer(value) ?? (model.Graph.ProducerOf(value) is { OpType: "Constant" } constant ? constant.Attribute("value")?.T : null);

    private ValueShape? Input(NodeProto node, int index) => shapes.Of(node.Input.ElementAtOrDefault(index) ?? "");

    private ValueShape? Output(NodeProto node) => shapes.Of(node.Output.FirstOrDefault() ?? "");
}
