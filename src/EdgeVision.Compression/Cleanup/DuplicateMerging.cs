using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Compression;

/// <summary>Two nodes that compute the same from the same become one, and so do equal constants.</summary>
/// <remarks>Weights and biases stay as they are: tools that change a layer in place must not find another layer's in their hands.</remarks>
internal static class DuplicateMerging
{
    // Beyond, comparing costs more than it may save.
    private const int MostBytes = 1 << 20;

    public static void Apply(CleanupRun run)
    {
        MergeConstants(run);
        MergeNodes(run);
    }

    private static void MergeConstants(CleanupRun run)
    {
        var first = new Dictionary<ByteString, TensorProto>();
        foreach (var tensor in run.Graph.Proto.Initializer.Where(tensor => tensor.CalculateSize() <= MostBytes && !run.Graph.IsOutput(tensor.Name)).ToArray())
        {
            if (run.Graph.ConsumersOf(tensor.Name).Any(reader => !reader.Is("Add", "Clip", "Concat", "Div", "Expand", "Gather", "Mul", "Pad", "Pow", "Reshape", "Resize", "Slice", "Split", "Squeeze", "Sub", "Unsqueeze")))
            {
                continue;
            }

            if (!first.TryAdd(KeyOf(tensor), tensor))
            {
                run.Graph.Redirect(tensor.Name, first[KeyOf(tensor)].Name);
                run.Graph.RemoveInitializer(tensor.Name);
                run.Record("equal constants merged", tensor.Name);
            }
        }
    }

    private static void MergeNodes(CleanupRun run)
    {
        var first = new Dictionary<ByteString, NodeProto>();
        foreach (var node in run.Graph.TopologicalOrder().Where(IsPlain))
        {
            if (!first.TryAdd(KeyOf(node), node))
            {
                run.Bypass(node, first[KeyOf(node)].Output[0], $"equal {node.OpType} merged");
            }
        }
    }

    // Of one output, without sub-graphs, and giving the same each time it is asked.
    private static bool IsPlain(NodeProto node) =>
        node.Domain is "" or "ai.onnx" && node.Output.Count == 1 && node.Attribute.All(attribute => attribute.G is null && attribute.Graphs.Count == 0)
        && !node.OpType.StartsWith("Random", StringComparison.Ordinal) && !node.Is("Multinomial", "Bernoulli", "Dropout", "QuantizeLinear", "DequantizeLinear", "Constant");

    private static ByteString KeyOf(NodeProto node)
    {
        var key = new NodeProto { OpType = node.OpType };
        key.Input.AddRange(node.Input);
        key.Attribute.AddRange(node.Attribute.OrderBy(attribute => attribute.Name, StringComparer.Ordinal));
        return key.ToByteString();
    }

    private static ByteString KeyOf(TensorProto tensor)
    {
        var key = tensor.Clone();
        key.ClearName();
        key.ClearDocString();
        return key.ToByteString();
    }
}
