using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Multiply-accumulate operations of a network's convolutions and matrix products, and how many remain when channels go.</summary>
internal sealed class LayerCosts
{
    private readonly (ChannelLayer Layer, double Macs)[] _layers;
    private readonly double _fixed;

    public LayerCosts(ChannelTrace trace)
    {
        var nodes = trace.Graph.Nodes.Where(ChannelFlows.Starts).ToDictionary(node => node, node => Macs(trace, node), (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        _layers = [.. trace.Layers.Select(layer => (layer, nodes[layer.Node]))];
        Total = nodes.Values.Sum();
        _fixed = Total - _layers.Sum(layer => layer.Macs);
    }

    public double Total { get; }

    public double Remaining(ChannelKeep keep) => _fixed + _layers.Sum(layer => Remaining(layer, keep));

    public IReadOnlyList<PrunedLayer> Layers(ChannelKeep keep) => [.. _layers.Select(layer => new PrunedLayer(
        ChannelGroups.NameOf(layer.Layer.Node), layer.Layer.Node.OpType, layer.Layer.Given.Length, keep.Count(layer.Layer.Given), (long)layer.Macs, (long)Math.Round(Remaining(layer, keep))))];

    private static double Remaining((ChannelLayer Layer, double Macs) layer, ChannelKeep keep) => layer.Macs * keep.Share(layer.Layer.Given) * keep.Share(layer.Layer.Read);

    // Each number of the output (of the input, for the transposed convolution) meets the weights of one channel.
    private static double Macs(ChannelTrace trace, NodeProto node)
    {
        var (weights, input, output) = (trace.Lengths(node.Input[1]), trace.Lengths(node.Input[0]), trace.Lengths(node.Output[0]));
        if (weights is null || input is null || output is null)
        {
            return 0;
        }

        return node.OpType switch
        {
            "Conv" => Product(output) * Product(weights[1..]),
            "ConvTranspose" => Product(input) * Product(weights[1..]),
            _ when output.Length == 0 || input.Length == 0 => 0,
            "Gemm" => Product(output) * (Product(input) / output[0]),
            _ => Product(output) * input[^1],
        };
    }

    private static double Product(long[] lengths) => lengths.Aggregate(1.0, (product, length) => product * length);
}
