using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Reductions: over other axes channels pass, though an axis that is dropped moves them. Sums over channels lose nothing with an empty one; means, products and extremes do.</summary>
internal static class ReductionFlow
{
    public static void Reduce(ChannelTrace trace, NodeProto node)
    {
        var (axis, lengths) = (trace.Of(node.Input[0]), trace.Lengths(node.Input[0]));
        if (axis is null || lengths is null || Axes(trace, node, lengths.Length) is not { } axes)
        {
            trace.Block(node, "reduces axes that are not known");
        }
        else if (!axes.Contains(axis.Axis))
        {
            var dropped = node.Attribute("keepdims")?.I == 0 ? axes.Count(reduced => reduced < axis.Axis) : 0;
            trace.Set(node.Output[0], axis with { Axis = axis.Axis - dropped });
        }
        else if (node.OpType is not ("ReduceSum" or "ReduceL1" or "ReduceL2" or "ReduceSumSquare"))
        {
            trace.Block(node, "mixes them all");
        }
    }

    private static long[]? Axes(ChannelTrace trace, NodeProto node, int rank)
    {
        var isSaid = (node.Input.Count > 1 && node.Input[1].Length > 0) || node.Attribute("axes") is not null;
        return isSaid
            ? NodeLongs.Read(trace.Graph, node, 1, "axes")?.Select(axis => axis < 0 ? axis + rank : axis).ToArray()
            : node.Attribute("noop_with_empty_axes")?.I == 1 ? [] : [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
    }
}
