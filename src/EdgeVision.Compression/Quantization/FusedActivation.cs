using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>The Relu or Clip right behind a node, which a range that begins and ends where it does makes superfluous.</summary>
/// <param name="Value">What is quantized: the output of the last of them.</param>
/// <param name="Nodes">The functions, in their order.</param>
/// <param name="Least">No number of the value is below; negative infinity where nothing bounds it.</param>
/// <param name="Greatest">No number is above.</param>
internal sealed record FusedActivation(string Value, IReadOnlyList<NodeProto> Nodes, float Least, float Greatest)
{
    public static FusedActivation Behind(OnnxGraph graph, NodeProto node, Func<NodeProto, bool> mayFuse)
    {
        var value = node.Output[0];
        if (!graph.IsOutput(value) && graph.ConsumersOf(value) is [var only] && BoundsOf(graph, only) is { } bounds && mayFuse(only))
        {
            return new FusedActivation(only.Output[0], [only], bounds.Least, bounds.Greatest);
        }

        return new FusedActivation(value, [], float.NegativeInfinity, float.PositiveInfinity);
    }

    /// <summary>What a Relu or Clip lets through; null for any other node, and for bounds that are no constants or leave zero out.</summary>
    public static Bounds? BoundsOf(OnnxGraph graph, NodeProto node) =>
        node.OpType is "Relu" or "Clip" && Bounds.Of(graph, node) is { Least: <= 0, Greatest: >= 0 } bounds ? bounds : null;
}
