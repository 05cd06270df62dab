using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>The channel shuffle of ShuffleNet as strided slices, because ONNX Runtime moves its layout changes through a Slice, and not through a Reshape to five dimensions.</summary>
/// <remarks>
/// Reshape to [c/g, g, hw], Transpose (1, 0, 2), Reshape to [g, 1, c/g, h, w], Gather k gives channels k, k + g, k + 2g ...: a Slice with step g. For a batch of one.
/// Example: 48 channels in two groups: Gather 1 is channels 1, 3 .. 47.
/// </remarks>
internal static class ChannelShuffle
{
    public static void Apply(OnnxGraph graph)
    {
        foreach (var last in graph.Nodes.Where(node => node.OpType == "Reshape").ToArray())
        {
            if (Source(graph, last) is { } source && graph.ConsumersOf(last.Output[0]).All(reader => IndexOf(graph, reader) is not null))
            {
                Replace(graph, last, source.Value, source.Groups);
            }
        }
    }

    private static (string Value, long Groups)? Source(OnnxGraph graph, NodeProto last)
    {
        if (graph.IsOutput(last.Output[0])
            || graph.ProducerOf(last.Input[0]) is not { OpType: "Transpose" } transpose || !graph.HasOneReader(last.Input[0]) || transpose.Attribute("perm") is not { Ints: [1, 0, 2] }
            || graph.ProducerOf(transpose.Input[0]) is not { OpType: "Reshape" } first || !graph.HasOneReader(transpose.Input[0]))
        {
            return null;
        }

        return graph.ConstantOf(first, 1)?.ReadLongs() is [var each, var groups, _] && graph.ConstantOf(last, 1)?.ReadLongs() is [var outer, 1 or -1, var inner, _, _] && outer == groups && inner == each
            ? (first.Input[0], groups)
            : null;
    }

    private static long? IndexOf(OnnxGraph graph, NodeProto reader) =>
        reader.OpType == "Gather" && reader.IntOf("axis", 0) == 0 && graph.ConstantOf(reader, 1) is { Dims.Count: 0 } index && index.ReadLongs()[0] >= 0 ? index.ReadLongs()[0] : null;

    private static void Replace(OnnxGraph graph, NodeProto last, string value, long groups)
    {
        foreach (var gather in graph.ConsumersOf(last.Output[0]).ToArray())
        {
            graph.Replace(gather, ChannelSlice.Of(graph, value, gather.Output[0], IndexOf(graph, gather)!.Value, groups, gather.Name));
        }

        var transpose = graph.ProducerOf(last.Input[0])!;
        var first = graph.ProducerOf(transpose.Input[0])!;
        graph.Remove(last);
        graph.Remove(transpose);
        graph.Remove(first);
    }
}
