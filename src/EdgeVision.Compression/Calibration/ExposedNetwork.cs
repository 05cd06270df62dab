using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A network cut down to some values from within: they become its outputs, and what they do not need is gone.</summary>
internal static class ExposedNetwork
{
    /// <summary>The network that gives these values.</summary>
    public static byte[] Of(byte[] network, string name, IReadOnlyCollection<string> values)
    {
        var model = OnnxModel.Load(network, name);
        Cut(model.Graph, values);
        return model.Save();
    }

    /// <summary>The network that gives the shape of each of these values, in their order: what they hold is known before any of them is kept.</summary>
    public static byte[] ShapesOf(byte[] network, string name, IReadOnlyCollection<string> values)
    {
        var model = OnnxModel.Load(network, name);
        var shapes = values.Select((value, i) => (Value: value, Shape: model.Graph.NewName($"shape_of_{i}"))).ToArray();
        model.Graph.Insert([.. shapes.Select(shape => OnnxNode.Of("Shape", [shape.Value], [shape.Shape]))]);
        Cut(model.Graph, [.. shapes.Select(shape => shape.Shape)]);
        return model.Save();
    }

    private static void Cut(OnnxGraph graph, IReadOnlyCollection<string> values)
    {
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        var needed = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var order = graph.TopologicalOrder();
        foreach (var node in order.Reverse().Where(node => node.Output.Any(value => wanted.Contains(value) || graph.ConsumersOf(value).Any(needed.Contains))))
        {
            needed.Add(node);
        }

        graph.Proto.Node.Clear();
        graph.Proto.Node.AddRange(order.Where(needed.Contains));
        graph.Proto.Output.Clear();
        graph.Proto.Output.AddRange(values.Select(value => new ValueInfoProto { Name = value }));
        graph.Touch();
        graph.RemoveUnused();
    }
}
