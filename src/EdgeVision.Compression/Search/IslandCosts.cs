using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>What a layer costs more in floats than in 8 bits, counted in MACs: so that the cheapest cure is tried first, and the same on every machine.</summary>
internal sealed class IslandCosts
{
    // An element that is turned from integers to floats and back takes as long as some 18 multiplications more in floats (AVX-512 VNNI, one thread).
    private const double Border = 18;

    private readonly Dictionary<string, double> _costs = new(StringComparer.Ordinal);

    public IslandCosts(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes = null)
    {
        foreach (var node in ModelSummary.Of(model, inputShapes).Nodes)
        {
            _costs[node.Name] = (node.Macs ?? 0) + (Border * (node.Output?.Count ?? 0));
            Total += node.Macs ?? 0;
        }
    }

    /// <summary>MACs of the network.</summary>
    public double Total { get; }

    public double Of(IEnumerable<string> layers) => layers.Sum(layer => Math.Max(1, _costs.GetValueOrDefault(layer)));
}
