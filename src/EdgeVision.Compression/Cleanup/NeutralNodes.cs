using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Nodes that give what they read: Identity, Dropout, and those whose numbers or shapes leave nothing to do.</summary>
internal static class NeutralNodes
{
    public static void Apply(CleanupRun run)
    {
        foreach (var node in run.Graph.TopologicalOrder())
        {
            if (SourceOf(run, node) is { Length: > 0 } source)
            {
                run.Bypass(node, source, $"{node.OpType} without effect removed");
            }
        }
    }

    /// <summary>What the node passes on, or null.</summary>
    private static string? SourceOf(CleanupRun run, NodeProto node)
    {
        var isNeutral = node switch
        {
            _ when node.Is("Identity") => true,
            _ when node.Is("Dropout") => IsIdle(run.Graph, node),
            _ when node.Is("Concat", "Max", "Min", "Sum", "Mean") => node.Input.Count == 1,
            _ when node.Is("Cast") => (long?)run.Shapes.Of(node.Input[0])?.Type == node.IntOf("to", 0),
            _ when node.Is("Transpose") => node.Attribute("perm") is { } perm && perm.Ints.SequenceEqual(perm.Ints.Order()),
            _ when node.Is("Reshape", "Flatten", "Expand") => KeepsShape(run, node),
            _ when node.Is("Pad") => run.Graph.ConstantOf(node, 1)?.ReadLongs().All(pad => pad == 0) == true,
            _ when node.Is("Slice") => KeepsShape(run, node) && (node.InputAt(4).Length == 0 || run.Graph.ConstantOf(node, 4)?.ReadLongs().All(step => step == 1) == true),
            _ => false,
        };
        return isNeutral ? node.Input[0] : Unit(run, node);
    }

    // When it trains it draws numbers, and the mask tells which.
    private static bool IsIdle(OnnxGraph graph, NodeProto node) =>
        node.Output.Skip(1).All(mask => graph.ConsumersOf(mask).Count == 0 && !graph.IsOutput(mask))
        && (node.InputAt(2).Length == 0 || graph.ConstantOf(node, 2)?.ReadLongs() is [0]);

    // One open length is the same on both sides, because nothing gets lost between them.
    private static bool KeepsShape(CleanupRun run, NodeProto node) =>
        run.Shapes.Of(node.Input[0]) is { } before && run.Shapes.Of(node.Output[0]) is { } after && before.Equals(after)
        && (before.IsFixed || (!node.Is("Expand", "Slice") && before.Lengths.Count(length => length < 0) == 1 && !before.Lengths.Contains(0)));

    // Times 1 and plus 0.
    private static string? Unit(CleanupRun run, NodeProto node)
    {
        if (!node.Is("Mul", "Div", "Add", "Sub") || node.Input.Count != 2)
        {
            return null;
        }

        var unit = node.OpType is "Mul" or "Div" ? 1f : 0f;
        var constant = run.Graph.FloatsOf(node, 1) is null && node.OpType is "Mul" or "Add" ? 0 : 1;
        var source = node.Input[1 - constant];
        return run.Graph.FloatsOf(node, constant) is { } tensor && (tensor.Dims.Count == 0 || run.Shapes.Of(source) is { } before && before.Equals(run.Shapes.Of(node.Output[0])) && before.IsFixed)
            && Array.TrueForAll(tensor.ReadFloats(), value => value == unit) ? source : null;
    }
}
