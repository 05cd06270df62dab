using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>MACs of a network (<see cref="ModelSummary"/>), and how many remain when channels go. Operators whose lengths are not known count nothing.</summary>
internal sealed class LayerCosts
{
    private readonly (ChannelLayer Layer, double Macs)[] _layers;
    private readonly double _fixed;

    public LayerCosts(ChannelGroups groups)
    {
        var trace = groups.Trace;
        var costs = ModelSummary.Of(trace.Model, groups.InputShapes).Nodes.Select(node => (double)(node.Macs ?? 0)).ToArray();
        var nodes = trace.Graph.TopologicalOrder().Zip(costs).ToDictionary(pair => pair.First, pair => pair.Second, (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        _layers = [.. trace.Layers.Select(layer => (layer, nodes[layer.Node]))];
        Total = costs.Sum();
        _fixed = Total - _layers.Sum(layer => layer.Macs);
    }

    public double Total { get; }

    public double Remaining(ChannelKeep keep) => _fixed + _layers.Sum(layer => Remaining(layer, keep));

    public IReadOnlyList<PrunedLayer> Layers(ChannelKeep keep) => [.. _layers.Select(layer => new PrunedLayer(
        ChannelGroups.NameOf(layer.Layer.Node), layer.Layer.Node.OpType, layer.Layer.Given.Length, keep.Count(layer.Layer.Given), (long)layer.Macs, (long)Math.Round(Remaining(layer, keep))))];

    private static double Remaining((ChannelLayer Layer, double Macs) layer, ChannelKeep keep) => layer.Macs * keep.Share(layer.Layer.Given) * keep.Share(layer.Layer.Read);
}
