namespace EdgeVision.Compression;

/// <summary>How much of a network shall go, and what may go.</summary>
public sealed record PruningOptions
{
    /// <summary>Share of the multiply-accumulate operations (MACs) that shall remain, above 0 and below 1. Default 0.5.</summary>
    public double Macs { get; init; } = 0.5;

    public Importance Importance { get; init; } = Importance.L1;

    public PruningScope Scope { get; init; } = PruningScope.Global;

    /// <summary>
    /// Kept channels are rounded to multiples of it, never to none; a layer that has fewer stays as it is. Default 1. 16 for x86 with AVX-512, because ONNX Runtime computes 16 channels at once
    /// and 20 cost as much as 32; 8 with AVX2; 32 for INT8 on tensor cores.
    /// </summary>
    public int RoundTo { get; init; } = 1;

    /// <summary>Every layer keeps as many channels. Default 4, at least 1.</summary>
    public int MinimumChannels { get; init; } = 4;

    /// <summary>Names of nodes whose channels all stay.</summary>
    public IReadOnlySet<string> Keep { get; init; } = new HashSet<string>();

    /// <summary>Lengths of inputs by name, where the network leaves them open (an open batch counts as 1).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? InputShapes { get; init; }
}
