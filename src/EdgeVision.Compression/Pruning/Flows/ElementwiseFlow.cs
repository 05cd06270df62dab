using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Operators on each number alone: channels stay where they are. Of several tensors those at the same place go together, and constants of one number for each channel shrink with them.</summary>
internal static class ElementwiseFlow
{
    public static void Pass(ChannelTrace trace, NodeProto node) => trace.Set(node.Output[0], trace.Of(node.Input[0]));

    public static void Together(ChannelTrace trace, NodeProto node)
    {
        var lengths = node.Input.Select(trace.Lengths).ToArray();
        if (lengths.Any(known => known is null))
        {
            trace.Block(node, "works on tensors whose shape is not known");
            return;
        }

        // Shapes are aligned at their ends (broadcasting), so the axis is counted from there.
        var rank = lengths.Max(known => known!.Length);
        var axes = node.Input.Select((value, slot) => trace.Of(value) is { } axis ? axis with { Axis = axis.Axis + rank - lengths[slot]!.Length } : null).ToArray();
        var first = axes.First(axis => axis is not null)!;
        if (axes.Any(axis => axis is not null && (axis.Axis != first.Axis || axis.Length != first.Length)))
        {
            trace.Block(node, "combines channels that stand along different axes");
            return;
        }

        for (var slot = 0; slot < axes.Length; slot++)
        {
            Join(trace, node, slot, first, axes[slot], first.Axis - rank + lengths[slot]!.Length);
        }

        trace.Set(node.Output[0], first);
    }

    private static void Join(ChannelTrace trace, NodeProto node, int slot, ChannelAxis first, ChannelAxis? other, int axis)
    {
        if (other is not null)
        {
            trace.Sets.Couple(first.Channels, other.Channels);
        }
        else if (axis >= 0 && trace.Lengths(node.Input[slot])![axis] > 1)
        {
            trace.Bind(node, slot, axis, first.Channels, BindingRole.Accompanies);
        }
    }
}
