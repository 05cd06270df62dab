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
        if (!graph.IsOutput(value) && graph.ConsumersOf(value) is [var only] && Bounds(graph, only) is { } bounds && mayFuse(only))
        {
            return new FusedActivation(only.Output[0], [only], bounds.Least, bounds.Greatest);
        }

        return new FusedActivation(value, [], float.NegativeInfinity, float.PositiveInfinity);
    }

    /// <summary>What a Relu or Clip lets through; null for any other node, and for bounds that are no constants.</summary>
    public static (float Least, float Greatest)? Bounds(OnnxGraph graph, NodeProto node) => node.OpType switch
    {
        "Relu" => (0, float.PositiveInfinity),
        "Clip" when Bound(graph, node, 1, "min", float.NegativeInfinity) is { } least && Bound(graph, node, 2, "max", float.PositiveInfinity) is { } greatest
            && least <= 0 && greatest >= 0 => (least, greatest),
        _ => null,
    };

    private static float? Bound(OnnxGraph graph, NodeProto clip, int input, string attribute, float otherwise)
    {
        if (clip.Input.Count <= input || clip.Input[input].Length == 0)
        {
            return clip.Attribute(attribute)?.F ?? otherwise;
        }

        return graph.Initializer(clip.Input[input])?.ReadFloats() is [var bound] ? bound : null;
    }
}
