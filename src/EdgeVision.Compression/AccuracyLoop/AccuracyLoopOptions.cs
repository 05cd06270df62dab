namespace EdgeVision.Compression;

/// <summary>When the search of <see cref="AccuracyLoop"/> is content, and how much it may cost.</summary>
public sealed record AccuracyLoopOptions
{
    /// <summary>Points of the metric that may be lost. Default 0.5; 0 or more.</summary>
    public double MaxDrop { get; init; } = 0.5;

    /// <summary>How often a network may be quantised and measured. Default 40; 1 or more.</summary>
    public int MaxEvaluations { get; init; } = 40;
}
