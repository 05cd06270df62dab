namespace EdgeVision.Trainer;

/// <summary>How a set is frozen.</summary>
internal sealed record FreezeOptions
{
    public required string Name { get; init; }

    public SplitShares Shares { get; init; } = SplitShares.Default;

    public long Seed { get; init; } = 1;

    /// <summary>Findings to go on with.</summary>
    public IReadOnlyList<FindingKind> Accepted { get; init; } = [];

    /// <summary>An earlier version of the same set: its pictures stay in their splits, so that what was learnt from then is not tested on now. Null = none.</summary>
    public DatasetVersion? Earlier { get; init; }
}
