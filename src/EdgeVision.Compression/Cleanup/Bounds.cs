using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression;

/// <summary>A node that keeps values between two constants, in any of its spellings: Relu, Clip, Max or Min with a scalar. Example: Min(x, 6) is minus infinity to 6.</summary>
/// <param name="Source">What it reads.</param>
internal sealed record Bounds(string Source, float Least, float Greatest)
{
    public bool IsRelu => Least == 0 && float.IsPositiveInfinity(Greatest);

    public bool IsOpen => float.IsNegativeInfinity(Least) && float.IsPositiveInfinity(Greatest);

    /// <returns>Null: another operator, or bounds that are no constants of 32-bit floats.</returns>
    public static Bounds? Of(OnnxGraph graph, NodeProto node) => node.OpType switch
    {
        "Relu" when node.Is("Relu") => new Bounds(node.Input[0], 0, float.PositiveInfinity),
        "Clip" when node.Is("Clip") => OfClip(graph, node),
        "Max" or "Min" when node.Is("Max", "Min") && node.Input.Count == 2 => OfExtreme(graph, node),
        _ => null,
    };

    /// <summary>Both, one after the other; null where nothing fits between them.</summary>
    public Bounds? Then(Bounds next)
    {
        var both = new Bounds(Source, MathF.Max(Least, next.Least), MathF.Min(Greatest, next.Greatest));
        return both.Least <= both.Greatest ? both : null;
    }

    private static Bounds? OfClip(OnnxGraph graph, NodeProto node)
    {
        var (least, greatest) = (Scalar(graph, node, 1, float.NegativeInfinity), Scalar(graph, node, 2, float.PositiveInfinity));
        return least is null || greatest is null || !(least <= greatest) ? null
            : new Bounds(node.Input[0], least <= float.MinValue ? float.NegativeInfinity : least.Value, greatest >= float.MaxValue ? float.PositiveInfinity : greatest.Value);
    }

    private static Bounds? OfExtreme(OnnxGraph graph, NodeProto node)
    {
        var constant = graph.Initializer(node.Input[1]) is not null ? 1 : 0;
        return graph.Initializer(node.Input[1 - constant]) is not null || Scalar(graph, node, constant, null) is not { } limit || float.IsNaN(limit) ? null
            : node.OpType == "Max" ? new Bounds(node.Input[1 - constant], limit, float.PositiveInfinity)
            : new Bounds(node.Input[1 - constant], float.NegativeInfinity, limit);
    }

    // No more than one dimension, because a longer one could give the result more dimensions than the source has.
    private static float? Scalar(OnnxGraph graph, NodeProto node, int index, float? missing) =>
        node.InputAt(index).Length == 0 ? missing
        : graph.ConstantOf(node, index) is { DataType: (int)DataType.Float, Dims.Count: <= 1 } tensor && tensor.Count() == 1 ? tensor.ReadFloats()[0]
        : null;
}
