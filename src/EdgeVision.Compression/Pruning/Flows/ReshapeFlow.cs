using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>The same numbers under other lengths, or along other axes.</summary>
internal static class ReshapeFlow
{
    public static void Reshape(ChannelTrace trace, NodeProto node)
    {
        if (NodeLongs.Read(trace.Graph, node, 1, "shape") is not { } target)
        {
            trace.Block(node, "takes its shape from the running network; with the input's lengths given it could be a constant");
            return;
        }

        if (Pass(trace, node) is { } axis && target[axis.Axis] >= 0)
        {
            trace.Edits.Add(keep => NodeLongs.Write(trace.Graph, node, 1, "shape", [.. target.Select((length, i) => i == axis.Axis ? keep.Count(axis.Channels) : length)]));
        }
    }

    /// <summary>Flatten, Squeeze, Unsqueeze: as a reshape whose lengths follow by themselves.</summary>
    public static void Flatten(ChannelTrace trace, NodeProto node) => Pass(trace, node);

    public static void Transpose(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { } axis || trace.Lengths(node.Input[0]) is not { } lengths)
        {
            trace.Block(node, "turns a tensor whose shape is not known");
            return;
        }

        var order = node.Attribute("perm")?.Ints.ToArray() ?? [.. Enumerable.Range(0, lengths.Length).Reverse().Select(i => (long)i)];
        trace.Set(node.Output[0], axis with { Axis = Array.IndexOf(order, axis.Axis) });
    }

    public static void Expand(ChannelTrace trace, NodeProto node)
    {
        var (axis, from, target) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0]), NodeLongs.Read(trace.Graph, node, 1, ""));
        if (axis is null || from is null || target is null)
        {
            trace.Block(node, "takes its shape from the running network");
            return;
        }

        // Aligned at their ends; a length of 1 in the target leaves the tensor's own.
        var (place, moved) = (axis.Axis + target.Length - from.Length, Math.Max(target.Length - from.Length, 0));
        if (place >= 0 && target[place] > 1)
        {
            trace.Edits.Add(keep => NodeLongs.Write(trace.Graph, node, 1, "", [.. target.Select((length, i) => i == place ? keep.Count(axis.Channels) : length)]));
        }

        trace.Set(node.Output[0], axis with { Axis = axis.Axis + moved });
    }

    private static ChannelAxis? Pass(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { } axis || trace.Lengths(node.Input[0]) is not { } from || trace.Lengths(node.Output[0]) is not { } to)
        {
            trace.Block(node, "works on tensors whose shape is not known");
            return null;
        }

        var moved = ReshapedAxis.Of(axis, from, to, trace.Sets);
        trace.Set(node.Output[0], moved);
        if (moved is null)
        {
            trace.Block(node, "cuts through them");
        }

        return moved;
    }
}
