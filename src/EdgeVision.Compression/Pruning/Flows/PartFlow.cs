using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Parts of a tensor: along the channels each part has some of them, and the numbers that say where to cut move when channels go.</summary>
internal static class PartFlow
{
    private const int Starts = 1, Ends = 2, Axes = 3, Steps = 4;

    public static void Split(ChannelTrace trace, NodeProto node)
    {
        var (axis, lengths) = (trace.Of(node.Input[0]), node.Output.Select(trace.Lengths).ToArray());
        var cut = (int)(node.Attribute("axis")?.I ?? 0);
        if (axis is null || lengths.Any(known => known is null))
        {
            trace.Block(node, "splits into parts whose shape is not known");
            return;
        }

        cut = cut < 0 ? cut + lengths[0]!.Length : cut;
        var parts = new List<int[]>();
        foreach (var (value, known) in node.Output.Zip(lengths))
        {
            var from = parts.Sum(part => part.Length);
            parts.Add(cut == axis.Axis ? axis.Channels[from..(from + (int)known![cut])] : []);
            trace.Set(value, cut == axis.Axis ? new ChannelAxis(cut, parts[^1]) : axis);
        }

        if (cut == axis.Axis)
        {
            trace.Edits.Add(keep => WriteSizes(trace, node, [.. parts.Select(part => (long)keep.Count(part))]));
        }
    }

    public static void Slice(ChannelTrace trace, NodeProto node)
    {
        var (axis, rank) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0])?.Length);
        long[]? starts = NodeLongs.Read(trace.Graph, node, Starts, "starts"), ends = NodeLongs.Read(trace.Graph, node, Ends, "ends");
        var axes = NodeLongs.Has(node, Axes, "axes") ? NodeLongs.Read(trace.Graph, node, Axes, "axes") : starts?.Select((_, i) => (long)i).ToArray();
        if (axis is null || rank is null || axes is null)
        {
            trace.Block(node, "cuts along axes that are not known");
            return;
        }

        var at = Array.FindIndex(axes, cut => (cut < 0 ? cut + rank : cut) == axis.Axis);
        var steps = NodeLongs.Has(node, Steps, "") ? NodeLongs.Read(trace.Graph, node, Steps, "") : [.. axes.Select(_ => 1L)];
        if (at < 0)
        {
            trace.Set(node.Output[0], axis);
        }
        else if (starts is null || ends is null || steps is null || steps[at] != 1)
        {
            trace.Block(node, "takes some of them, by numbers that are no constants or in steps");
        }
        else
        {
            Cut(trace, node, axis, at, starts, ends);
        }
    }

    public static void Gather(ChannelTrace trace, NodeProto node)
    {
        var (axis, lengths, indices) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0]), trace.Lengths(node.Input[1]));
        var along = (int)(node.Attribute("axis")?.I ?? 0);
        if (axis is null || lengths is null || indices is null || axis.Axis == (along < 0 ? along + lengths.Length : along))
        {
            trace.Block(node, "picks some of them");
            return;
        }

        along = along < 0 ? along + lengths.Length : along;
        trace.Set(node.Output[0], along < axis.Axis ? axis with { Axis = axis.Axis - 1 + indices.Length } : axis);
    }

    /// <summary>Whoever reads the number of channels counts on it; whoever reads only the other lengths does not.</summary>
    public static void Shape(ChannelTrace trace, NodeProto node)
    {
        var (axis, rank) = (trace.Of(node.Input[0])!, trace.Lengths(node.Input[0])?.Length ?? 0);
        if (rank == 0 || trace.Graph.IsOutput(node.Output[0]) || !trace.Graph.ConsumersOf(node.Output[0]).All(reader => ReadsOthers(trace, reader, axis.Axis, rank)))
        {
            trace.Block(node, "counts them");
        }
    }

    private static bool ReadsOthers(ChannelTrace trace, NodeProto reader, int axis, int rank)
    {
        switch (reader.OpType)
        {
            case "Gather":
                return NodeLongs.Read(trace.Graph, reader, 1, "") is { } indices && !indices.Any(index => (index < 0 ? index + rank : index) == axis);
            case "Slice" when NodeLongs.Read(trace.Graph, reader, Starts, "starts") is [var start] && NodeLongs.Read(trace.Graph, reader, Ends, "ends") is [var end]:
                return axis < (start < 0 ? start + rank : start) || axis >= (end < 0 ? end + rank : end);
            default:
                return false;
        }
    }

    private static void Cut(ChannelTrace trace, NodeProto node, ChannelAxis axis, int at, long[] starts, long[] ends)
    {
        int Place(long place) => (int)Math.Clamp(place < 0 ? place + axis.Length : place, 0, axis.Length);
        var (start, end) = (Place(starts[at]), Place(ends[at]));
        trace.Set(node.Output[0], new ChannelAxis(axis.Axis, axis.Channels[start..Math.Max(start, end)]));
        trace.Edits.Add(keep =>
        {
            NodeLongs.Write(trace.Graph, node, Starts, "starts", [.. starts.Select((value, i) => i == at ? keep.Count(axis.Channels.AsSpan(0, start)) : value)]);
            NodeLongs.Write(trace.Graph, node, Ends, "ends", [.. ends.Select((value, i) => i == at ? keep.Count(axis.Channels.AsSpan(0, end)) : value)]);
        });
    }

    // Equal parts may have become unequal, so the sizes are always written out: as an attribute until opset 12, as a constant since.
    private static void WriteSizes(ChannelTrace trace, NodeProto node, long[] sizes)
    {
        if (trace.Model.Opset >= 13)
        {
            if (node.Attribute("num_outputs") is { } outputs)
            {
                node.Attribute.Remove(outputs);
            }

            NodeLongs.Write(trace.Graph, node, 1, "", sizes);
            return;
        }

        if (node.Attribute("split") is { } known)
        {
            node.Attribute.Remove(known);
        }

        node.Attribute.Add(OnnxNode.Ints("split", sizes));
    }
}
