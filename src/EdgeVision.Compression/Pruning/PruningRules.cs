using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What a network must be to be pruned.</summary>
internal static class PruningRules
{
    public static NodeProto RequireNode(OnnxGraph graph, string name) =>
        graph.Nodes.FirstOrDefault(node => ChannelGroups.NameOf(node) == name)
            ?? throw new CompressionException($"No node is called '{name}', so its channels cannot be kept. edgevision model inspect lists the names.");

    /// <summary>The given lengths, and 1 for a batch that is open.</summary>
    public static Dictionary<string, IReadOnlyList<long>> Close(OnnxGraph graph, IReadOnlyDictionary<string, IReadOnlyList<long>>? given)
    {
        var shapes = new Dictionary<string, IReadOnlyList<long>>(given ?? new Dictionary<string, IReadOnlyList<long>>(), StringComparer.Ordinal);
        foreach (var input in graph.Inputs.Where(input => !shapes.ContainsKey(input.Name) && input.Type?.TensorType?.Shape is not null))
        {
            shapes[input.Name] = [.. input.Type.TensorType.Shape.Dim.Select((dim, axis) => dim.DimValue > 0 ? dim.DimValue : axis == 0 ? 1 : ValueShape.Open)];
        }

        return shapes;
    }
}
