using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Operators on the pixels of each channel: channels pass.</summary>
internal static class SpaceFlow
{
    private const int PadAxes = 3;

    public static void Pool(ChannelTrace trace, NodeProto node)
    {
        if (trace.Of(node.Input[0]) is not { Axis: < 2 } axis || (node.Output.Count > 1 && trace.Graph.ConsumersOf(node.Output[1]).Count > 0))
        {
            trace.Block(node, "pools over them, or counts places across them");
            return;
        }

        trace.Set(node.Output[0], axis);
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
}
