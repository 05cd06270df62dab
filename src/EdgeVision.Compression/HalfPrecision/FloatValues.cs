using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression;

/// <summary>Which values of a graph are tensors of 32-bit floats.</summary>
internal static class FloatValues
{
    private static readonly string[] GiveOtherTypes =
    [
        "And", "ArgMax", "ArgMin", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "NonMaxSuppression", "NonZero", "Not", "Or", "Shape", "Size", "Unique", "Xor",
    ];

    public static HashSet<string> Of(OnnxModel model)
    {
        var (graph, shapes) = (model.Graph, ShapeInference.Infer(model));
        var floats = graph.Proto.Initializer.Where(tensor => tensor.TypeOf() == DataType.Float).Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        floats.UnionWith(graph.Inputs.Where(input => input.Type?.TensorType?.ElemType == (int)DataType.Float).Select(input => input.Name));
        foreach (var node in graph.TopologicalOrder())
        {
            floats.UnionWith(node.Output.Where((value, index) => value.Length > 0 && (shapes.Of(value) is { } shape ? shape.Type == DataType.Float : index == 0 && GivesFloats(node, floats))));
        }

        return floats;
    }

    // For what has no known rank: nearly every operator gives the type of what it reads first.
    private static bool GivesFloats(NodeProto node, HashSet<string> floats) => node.OpType switch
    {
        "Cast" => node.IntOf("to", 0) == (int)DataType.Float,
        "ConstantOfShape" => node.Attribute("value") is not { T: { } tensor } || tensor.TypeOf() == DataType.Float,
        "Where" => floats.Contains(node.InputAt(1)),
        "OneHot" => floats.Contains(node.InputAt(2)),
        _ => floats.Contains(node.InputAt(0)) && !GiveOtherTypes.Contains(node.OpType),
    };
}
