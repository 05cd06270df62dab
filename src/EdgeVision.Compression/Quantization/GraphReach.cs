using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which nodes lie before another multiplication with weights, and which values are floats. What lies behind the last one is a tail: boxes, scores, suppression, softmax.</summary>
internal sealed class GraphReach
{
    private static readonly HashSet<string> GivesIntegers = new(StringComparer.Ordinal)
    {
        "Shape", "Size", "ArgMax", "ArgMin", "NonZero", "NonMaxSuppression", "Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual", "Not", "And", "Or", "IsNaN", "IsInf", "QuantizeLinear",
    };

    private readonly HashSet<NodeProto> _body = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _floats = new(StringComparer.Ordinal);

    public GraphReach(OnnxGraph graph, IReadOnlyList<NodeProto> sorted)
    {
        foreach (var node in sorted.Reverse())
        {
            if (OperatorRoles.Of(graph, node) == OperatorRole.Weighted || node.Output.Any(value => graph.ConsumersOf(value).Any(_body.Contains)))
            {
                _body.Add(node);
            }
        }

        _floats.UnionWith(graph.Inputs.Where(input => IsFloat(input.Type?.TensorType?.ElemType)).Select(input => input.Name));
        foreach (var node in sorted.Where(GivesFloats))
        {
            _floats.UnionWith(node.Output);
        }
    }

    /// <summary>A later Conv, Gemm or MatMul reads what the node gives, or it is one.</summary>
    public bool IsBody(NodeProto node) => _body.Contains(node);

    /// <summary>The value changes from picture to picture and is in float32.</summary>
    public bool IsFloat(string value) => _floats.Contains(value);

    private bool GivesFloats(NodeProto node) => node.OpType switch
    {
        "Cast" => IsFloat((int?)node.Attribute("to")?.I),
        _ when GivesIntegers.Contains(node.OpType) => false,
        _ => node.Input.Any(_floats.Contains),
    };

    private static bool IsFloat(int? type) => type == (int)TensorProto.Types.DataType.Float;
}
