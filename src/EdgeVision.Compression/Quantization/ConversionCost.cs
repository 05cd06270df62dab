using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which nodes gain less by integers than it costs to turn their numbers into integers and back: between float operators a small convolution becomes slower in 8 bits.</summary>
/// <remarks>
/// Nodes that hand integers to each other are one region; its gain are the products with weights within it, its cost the numbers that cross its borders.
/// Example: a depthwise 3x3 between two PRelu makes 9 products for each 2 numbers at its borders and stays in floats; SqueezeNet makes 1,090 for each and does not.
/// </remarks>
internal sealed class ConversionCost(OnnxGraph graph, QuantizationPlan plan, GraphShapes shapes)
{
    // A rough bound, from ESPNetv2 (nothing above 25, half as fast in 8 bits) and PP-OCR (mostly above, faster in 8 bits), measured on a busy machine.
    private const double ProductsPerNumber = 20;

    private static readonly IEqualityComparer<NodeProto> Same = ReferenceEqualityComparer.Instance;

    private readonly Dictionary<NodeProto, NodeProto> _parents = new(ReferenceEqualityComparer.Instance);

    /// <summary>Names of the nodes that are better left in floats. Where a length is open nobody can tell, and they are not among them.</summary>
    public IReadOnlySet<string> Unpaid()
    {
        var touching = plan.Values.ToDictionary(value => value, _ => new List<NodeProto>(), StringComparer.Ordinal);
        foreach (var node in plan.Nodes.All)
        {
            _parents[node] = node;
            foreach (var value in plan.Nodes.Operands(node).Concat(plan.Nodes.Results(node)).Where(touching.ContainsKey))
            {
                touching[value].Add(node);
            }
        }

        foreach (var nodes in touching.Values)
        {
            nodes.ForEach(node => _parents[RegionOf(node)] = RegionOf(nodes[0]));
        }

        var costs = touching.Where(pair => pair.Value.Count > 0).ToLookup(pair => RegionOf(pair.Value[0]), pair => Crossings(pair.Key), Same);
        return plan.Nodes.All.GroupBy(RegionOf, Same)
            .Where(region => region.Sum(Products) < ProductsPerNumber * costs[region.Key].Sum())
            .SelectMany(region => region.Select(node => node.Name)).ToHashSet(StringComparer.Ordinal);
    }

    private NodeProto RegionOf(NodeProto node)
    {
        while (!ReferenceEquals(_parents[node], node))
        {
            node = _parents[node];
        }

        return node;
    }

    private double Crossings(string value) => Numbers(value) * ((plan.Nodes.Gives(value) ? 0 : 1) + plan.Nodes.FloatReaders(value)) ?? 0;

    // Unknown counts as endless, so that it is left as it is.
    private double Products(NodeProto node)
    {
        if (plan.Nodes.RoleOf(node) != OperatorRole.Weighted || graph.Initializer(node.Input[1]) is not { } weights)
        {
            return 0;
        }

        var channels = node.OpType == "Conv" || node.IntOf("transB", 0) != 0 ? weights.Dims[0] : weights.Dims[^1];
        return Numbers(node.Output[0]) * weights.Dims.Aggregate(1.0, (product, length) => product * length) / channels ?? double.PositiveInfinity;
    }

    // An open first length is the pictures of a batch: as many for gains as for costs.
    private double? Numbers(string value) => shapes.Of(value) is { } shape && shape.Lengths.Skip(1).All(length => length >= 0)
        ? shape.Lengths.Skip(1).Aggregate((double)Math.Max(1, shape.Lengths.FirstOrDefault(1)), (product, length) => product * length)
        : null;
}
