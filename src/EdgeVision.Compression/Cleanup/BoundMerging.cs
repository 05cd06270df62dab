using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>One spelling for what keeps values within bounds: Relu where they are 0 and nothing, one Clip with constant bounds else. Exporters write Relu6 in four ways.</summary>
internal static class BoundMerging
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder())
        {
            if (Bounds.Of(run.Graph, node) is not { } bounds)
            {
                continue;
            }

            if (bounds.IsOpen)
            {
                run.Bypass(node, bounds.Source, $"{node.OpType} without bounds removed");
            }
            else if (run.Graph.HasOneReader(bounds.Source) && run.Graph.ProducerOf(bounds.Source) is { } before && Bounds.Of(run.Graph, before)?.Then(bounds) is { } both)
            {
                run.Record($"{before.OpType} and {node.OpType} merged", before);
                run.Graph.Remove(before);
                Write(run.Graph, node, both);
            }
            else if (bounds.IsRelu && node.OpType != "Relu")
            {
                run.Record($"{node.OpType} is a Relu", node);
                Write(run.Graph, node, bounds);
            }
        }
    }

    private static void Write(OnnxGraph graph, NodeProto node, Bounds bounds)
    {
        node.OpType = bounds.IsRelu ? "Relu" : "Clip";
        node.Attribute.Clear();
        node.Input.Clear();
        node.Input.Add(bounds.Source);
        graph.Touch();
        if (!bounds.IsRelu)
        {
            AddBound(graph, node, 1, "_least", bounds.Least);
            AddBound(graph, node, 2, "_greatest", bounds.Greatest);
        }
    }

    private static void AddBound(OnnxGraph graph, NodeProto node, int index, string stem, float bound)
    {
        if (float.IsFinite(bound))
        {
            graph.SetConstant(node, index, OnnxTensor.Of(node.Output[0] + stem, [], [bound]));
        }
    }
}
