using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What asks for lengths that are known becomes a constant; the arithmetic behind it is then <see cref="ConstantFolding"/>'s. An open batch does not stop the other lengths.</summary>
internal static class ShapeFolding
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder().Where(node => node.Is("Shape", "Size", "Gather", "Slice") && !run.Graph.IsOutput(node.Output[0])))
        {
            if (ValueOf(run, node) is not { } tensor)
            {
                continue;
            }

            run.Graph.Remove(node);
            run.Graph.SetInitializer(tensor);
            run.Record($"{node.OpType} of known lengths is a constant", node);
        }
    }

    private static TensorProto? ValueOf(CleanupRun run, NodeProto node)
    {
        var name = node.Output[0];
        switch (node.OpType)
        {
            case "Size":
                return run.Shapes.Of(node.Input[0])?.Count is { } count ? OnnxTensor.Of(name, [], [count]) : null;
            case "Shape":
                return LengthsOf(run, node) is { } lengths && lengths.All(IsKnown) ? OnnxTensor.Of(name, [lengths.Length], lengths) : null;
            default:
                return run.Graph.ProducerOf(node.Input[0]) is { } shape && shape.Is("Shape") && LengthsOf(run, shape) is { } all ? Pick(run.Graph, node, all) : null;
        }
    }

    private static long[]? LengthsOf(CleanupRun run, NodeProto shape)
    {
        if (run.Shapes.Of(shape.Input[0]) is not { } known)
        {
            return null;
        }

        var (start, end) = (Place(shape.IntOf("start", 0), known.Rank), Place(shape.IntOf("end", known.Rank), known.Rank));
        return [.. known.Lengths.Skip(start).Take(end - start)];
    }

    private static TensorProto? Pick(OnnxGraph graph, NodeProto node, long[] lengths)
    {
        long[]? places = node.OpType == "Gather" ? Gathered(graph, node, lengths.Length) : Sliced(graph, node, lengths.Length);
        if (places is null || places.Any(place => place < 0 || place >= lengths.Length || !IsKnown(lengths[place])))
        {
            return null;
        }

        long[] dims = node.OpType == "Gather" ? [.. graph.ConstantOf(node, 1)!.Dims] : [places.Length];
        return OnnxTensor.Of(node.Output[0], dims, (long[])[.. places.Select(place => lengths[place])]);
    }

    private static long[]? Gathered(OnnxGraph graph, NodeProto node, int rank) =>
        graph.ConstantOf(node, 1) is { } indices ? [.. indices.ReadLongs().Select(index => index < 0 ? index + rank : index)] : null;

    // Of a vector, so that there is one axis, and steps other than 1 are not what exporters write.
    private static long[]? Sliced(OnnxGraph graph, NodeProto node, int rank) =>
        graph.ConstantOf(node, 1) is { } starts && graph.ConstantOf(node, 2) is { } ends && starts.Count() == 1 && (node.InputAt(4).Length == 0 || graph.ConstantOf(node, 4)?.ReadLongs() is [1])
            ? Enumerable.Range(0, rank).Select(place => (long)place).Where(place => place >= Place(starts.ReadLongs()[0], rank) && place < Place(ends.ReadLongs()[0], rank)).ToArray()
            : null;

    private static int Place(long index, int rank) => (int)Math.Clamp(index < 0 ? index + rank : index, 0, rank);

    private static bool IsKnown(long length) => length >= 0;
}
