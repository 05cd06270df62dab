namespace EdgeVision.Compression;

/// <summary>Everything that one search found out; what package and report are made from.</summary>
internal sealed record SearchFindings
{
    public required CompressionRequest Request { get; init; }

    public required FloatSubject Subject { get; init; }

    public required PreparedNetwork Prepared { get; init; }

    public required CalibrationPictures Pictures { get; init; }

    public required QuantizationGround Ground { get; init; }

    public required EvaluationBench Bench { get; init; }

    /// <summary>The float network on the evaluation pictures.</summary>
    public required Evaluation Before { get; init; }

    /// <summary>Within the limit, best by the objective first.</summary>
    public required IReadOnlyList<TriedVariant> Accepted { get; init; }

    public required IReadOnlyList<TriedVariant> Refused { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<LatencyReport>> Latencies { get; init; }

    public required IReadOnlyList<CandidateReport> Candidates { get; init; }

    public required IReadOnlyList<LayerReport> Layers { get; init; }

    /// <summary>How the shown variant chose its ranges.</summary>
    public RangeRule RangeRule { get; init; } = new();

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The variant that pictures and words are about: the chosen one, or the best that was not good enough.</summary>
    public TriedVariant? Shown => Accepted.Concat(Refused.OrderBy(variant => variant.Drop)).FirstOrDefault();
}
