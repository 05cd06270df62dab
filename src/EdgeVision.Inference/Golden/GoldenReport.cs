namespace EdgeVision.Inference;

/// <summary>The outcome of a golden exam, with the evidence for it.</summary>
/// <param name="Reason">The gate that did not hold, by how much, and the first frame that failed; empty when all is well.</param>
public sealed record GoldenReport(GoldenOutcome Outcome, string Reason)
{
    /// <summary>Frames of the golden set that were looked at; 0 = the package has none.</summary>
    public int Frames { get; init; }

    /// <summary>Name of the first frame whose answer was not the expected one, or not a number; null = none.</summary>
    public string? FirstFailing { get; init; }

    /// <summary>Classifiers: share of frames with the expected first class. Detectors: boxes found twice, of all boxes on both sides (F1). 1 without a golden set.</summary>
    public double Top1 { get; init; } = 1;

    /// <summary>Detectors: mean over the expected boxes that were found again. 1 where there is none.</summary>
    public double MeanIoU { get; init; } = 1;

    /// <summary>Mean difference of scores.</summary>
    public double MeanScoreDelta { get; init; }

    /// <summary>Largest difference of a score.</summary>
    public double MaxScoreDelta { get; init; }

    /// <summary>Expected boxes that were not found, and boxes that nobody expected.</summary>
    public int Missing { get; init; }

    public int Extra { get; init; }

    /// <summary>Milliseconds from picture to answer; the first look, which warms up, is not counted.</summary>
    public double LatencyMsP50 { get; init; }

    public double LatencyMsP99 { get; init; }
}
