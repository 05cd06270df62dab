namespace EdgeVision.Compression;

/// <summary>What pruning made of a network. MACs are of one run, batch 1 unless the network says another; parameters are the numbers in its float constants.</summary>
public sealed record PruningReport(long MacsBefore, long MacsAfter, long ParametersBefore, long ParametersAfter, IReadOnlyList<PrunedLayer> Layers, IReadOnlyList<BlockedLayer> Blocked)
{
    /// <summary>Share of the MACs that remain, 0 to 1.</summary>
    public double Macs => (double)MacsAfter / MacsBefore;

    /// <summary>Share of the parameters that remain, 0 to 1.</summary>
    public double Parameters => (double)ParametersAfter / ParametersBefore;
}
