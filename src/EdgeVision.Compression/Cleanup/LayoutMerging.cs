using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Two Transposes in a row are one, and so are two nodes that only give the same numbers other lengths.</summary>
internal static class LayoutMerging
{
    private static readonly string[] Reshapes = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"];

    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder())
        {
            if (node.Input.Count == 0 || run.Graph.ProducerOf(node.Input[0]) is not { } before || !run.Graph.HasOneReader(node.Input[0]))
            {
                continue;
            }

            if (node.Is("Transpose") && before.Is("Transpose") && node.Attribute("perm") is { } second && before.Attribute("perm") is { } first)
            {
                node.SetAttribute(OnnxNode.Ints("perm", [.. second.Ints.Select(axis => first.Ints[(int)axis])]));
                Take(run, before, node);
            }
            else if (node.Is(Reshapes) && before.Is(Reshapes) && LengthsOf(run, node) is { } lengths)
            {
                node.OpType = "Reshape";
                node.Attribute.Clear();
                run.Graph.SetConstant(node, 1, OnnxTensor.Of(node.Output[0] + "_shape", [lengths.Length], lengths));
                Take(run, before, node);
            }
        }
    }

    // One length may be open: a Reshape finds it by itself.
    private static long[]? LengthsOf(CleanupRun run, NodeProto node) =>
        run.Shapes.Of(node.Output[0]) is { } shape && shape.Lengths.Count(length => length < 0) <= 1 && !shape.Lengths.Contains(0) ? [.. shape.Lengths] : null;

    private static void Take(CleanupRun run, NodeProto before, NodeProto node)
    {
        run.Record($"{before.OpType} merged into the {node.OpType} behind it", before);
        node.Input[0] = before.Input[0];
        run.Graph.Remove(before);
    }
}
