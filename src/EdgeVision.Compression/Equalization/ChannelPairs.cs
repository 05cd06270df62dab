using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>All pairs of a graph whose channels can be scaled against each other.</summary>
internal static class ChannelPairs
{
    /// <summary>In the graph's order; a layer in two pairs is one object.</summary>
    public static IReadOnlyList<ChannelPair> Of(OnnxGraph graph, bool clipIsRelu = false) => [.. Find(graph, clipIsRelu).Select(found => found.Pair)];

    /// <summary>As <see cref="Of"/>, with the activation functions between.</summary>
    public static IEnumerable<(ChannelPair Pair, IReadOnlyList<NodeProto> Activations)> Find(OnnxGraph graph, bool clipIsRelu = false)
    {
        // By reference, because equality of messages would compare every weight.
        var layers = new Dictionary<NodeProto, WeightedLayer>(ReferenceEqualityComparer.Instance);
        var order = graph.TopologicalOrder();
        foreach (var node in order)
        {
            if (WeightedLayer.Of(graph, node) is { } layer)
            {
                layers[node] = layer;
            }
        }

        var path = new ChannelPath(graph, node => layers.GetValueOrDefault(node), clipIsRelu);
        foreach (var first in order.Select(node => layers.GetValueOrDefault(node)).Where(layer => layer is { HasChannelBias: true }))
        {
            if (path.Seconds(first!) is { Count: > 0 } seconds)
            {
                yield return (new ChannelPair(first!, seconds), [.. path.Activations]);
            }
        }
    }
}
