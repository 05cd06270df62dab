using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What a network must be to be pruned.</summary>
internal static class PruningRules
{
    public static NodeProto RequireNode(OnnxGraph graph, string name) =>
        graph.Nodes.FirstOrDefault(node => ChannelGroups.NameOf(node) == name)
            ?? throw new CompressionException($"No node is called '{name}', so its channels cannot be kept. edgevision model inspect lists the names.");

    /// <summary>Refuses inputs of open lengths, because without them nobody can count MACs.</summary>
    public static void RequireLengths(OnnxGraph graph, IReadOnlyDictionary<string, IReadOnlyList<long>>? given)
    {
        if (Close(graph, given).FirstOrDefault(shape => shape.Value.Any(length => length <= 0)).Key is { } name)
        {
            throw new CompressionException($"Input '{name}' leaves lengths open, and what is computed depends on them. Say which it will mostly be given: --shape {name}=1,3,224,224.");
        }
    }

    /// <summary>Lengths of every input: those given, else those that the model says, else 1 for a batch.</summary>
    public static Dictionary<string, IReadOnlyList<long>> Close(OnnxGraph graph, IReadOnlyDictionary<string, IReadOnlyList<long>>? given)
    {
        var shapes = new Dictionary<string, IReadOnlyList<long>>(given ?? new Dictionary<string, IReadOnlyList<long>>(), StringComparer.Ordinal);
        foreach (var input in graph.Inputs.Where(input => input.Type?.TensorType?.Shape is not null))
        {
            var declared = input.Type.TensorType.Shape.Dim.Select(dim => dim.DimValue > 0 ? dim.DimValue : ValueShape.Open);
            var lengths = shapes.GetValueOrDefault(input.Name) ?? [.. declared];
            shapes[input.Name] = lengths.Count != declared.Count() ? lengths : [.. lengths.Zip(declared, Math.Max).Select((length, axis) => length < 0 && axis == 0 ? 1 : length)];
        }

        return shapes;
    }
}
