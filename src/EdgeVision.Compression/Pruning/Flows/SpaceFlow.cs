using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Operators on the pixels of each channel: channels pass.</summary>
internal static class SpaceFlow
{
    private const int PadAxes = 3;

    public static void Pool(ChannelTrace trace, NodeProto node)
    {
        var axis = trace.Of(node.Input[0])!;
        var step = axis.Axis < 2 ? 1 : StepOver(node, axis.Axis - 2);
        if (step == 0 || axis.Length % step != 0 || (node.Output.Count > 1 && trace.Graph.ConsumersOf(node.Output[1]).Count > 0))
        {
            trace.Block(node, "pools over them, or counts places across them");
            return;
        }

        // Of each step's channels the first is taken. They go together, so that the next step begins where it did.
        for (var i = 0; i < axis.Length; i++)
        {
            trace.Sets.Couple(axis.Channels[i / step * step], axis.Channels[i]);
        }

        trace.Set(node.Output[0], new ChannelAxis(axis.Axis, [.. axis.Channels.Where((_, i) => i % step == 0)]));
    }

    public static void Pad(ChannelTrace trace, NodeProto node)
    {
        var (axis, rank) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0])?.Length);
        var pads = NodeLongs.Read(trace.Graph, node, 1, "pads");
        if (axis is null || rank is null || pads is null || node.Input.Count > PadAxes || pads[axis.Axis] != 0 || pads[axis.Axis + rank.Value] != 0)
        {
            trace.Block(node, "adds channels, or as many as only running tells");
            return;
        }

        trace.Set(node.Output[0], axis);
    }

    public static void Resize(ChannelTrace trace, NodeProto node)
    {
        var (axis, from, to) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0]), trace.Lengths(node.Output[0]));
        var sizes = node.OpType == "Resize" && node.Input.Count > 3 && node.Input[3].Length > 0 ? 3 : -1;
        var given = sizes < 0 ? null : NodeLongs.Read(trace.Graph, node, sizes, "");
        var scales = node.Input.Count > 2 ? 2 : 1;
        var isConstant = sizes > 0 ? given is not null : node.Input.Count == 1 || trace.Graph.Initializer(node.Input[scales]) is not null;
        if (axis is null || from is null || to is null || from[axis.Axis] != to[axis.Axis] || !isConstant || node.Attribute("axes") is not null)
        {
            trace.Block(node, "changes their number, or to a size that only running tells");
            return;
        }

        if (given is not null)
        {
            trace.Edits.Add(keep => NodeLongs.Write(trace.Graph, node, sizes, "", [.. given.Select((size, i) => i == axis.Axis ? keep.Count(axis.Channels) : size)]));
        }

        trace.Set(node.Output[0], axis);
    }

    // A window of one place over the channels (of three-dimensional pooling, say) only picks some of them; 0 where it is larger.
    private static int StepOver(NodeProto node, int dimension)
    {
        long At(string attribute, int place, long otherwise) => node.Attribute(attribute) is { Ints.Count: > 0 } given ? given.Ints[place] : otherwise;
        var dimensions = node.Attribute("kernel_shape")?.Ints.Count ?? 0;
        var isSingle = dimension < dimensions && At("kernel_shape", dimension, 0) == 1 && At("pads", dimension, 0) == 0 && At("pads", dimension + dimensions, 0) == 0 && node.Attribute("auto_pad") is null;
        return isSingle ? (int)At("strides", dimension, 1) : 0;
    }
}
