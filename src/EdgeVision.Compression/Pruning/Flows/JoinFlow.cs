using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Concat: along the channels they stand one after the other; along another axis those at the same place go together.</summary>
internal static class JoinFlow
{
    public static void Concat(ChannelTrace trace, NodeProto node)
    {
        var lengths = node.Input.Select(trace.Lengths).ToArray();
        var joined = (int)(node.Attribute("axis")?.I ?? 1);
        if (lengths.Any(known => known is null))
        {
            trace.Block(node, "joins tensors whose shape is not known");
            return;
        }

        joined = joined < 0 ? joined + lengths[0]!.Length : joined;
        var axes = node.Input.Select(trace.Of).ToArray();
        if (axes.All(axis => axis is null || axis.Axis == joined))
        {
            trace.Set(node.Output[0], new ChannelAxis(joined, [.. axes.SelectMany((axis, slot) => axis?.Channels ?? Fixed(trace, node, (int)lengths[slot]![joined]))]));
            return;
        }

        if (axes.Any(axis => axis is null || axis.Axis != axes[0]!.Axis || axis.Length != axes[0]!.Length))
        {
            trace.Block(node, "joins channels that stand along different axes");
            return;
        }

        foreach (var axis in axes)
        {
            trace.Sets.Couple(axes[0]!.Channels, axis!.Channels);
        }

        trace.Set(node.Output[0], axes[0]);
    }

    private static int[] Fixed(ChannelTrace trace, NodeProto node, int count)
    {
        var channels = trace.Sets.Fresh(count);
        trace.Sets.Block(channels, $"{OnnxNode.Describe(node)} puts channels beside them that are fixed");
        return channels;
    }
}
