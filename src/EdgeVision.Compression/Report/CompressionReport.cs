namespace EdgeVision.Compression;

/// <summary>Everything that a compression found out: <c>report.json</c>, and the page <c>report.html</c> drawn from it.</summary>
/// <remarks>Accuracies and shares are 0 to 1, drops are points of a hundred (65.0 % to 64.5 % = 0.5), times milliseconds, sizes bytes. Immutable, any thread.</remarks>
public sealed record CompressionReport
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>One sentence for people who read nothing else.</summary>
    public required string Verdict { get; init; }

    /// <summary>Whether a variant was good enough.</summary>
    public required bool Holds { get; init; }

    public required ReportSubject Subject { get; init; }

    /// <summary>The float network, as it came.</summary>
    public required VariantReport Baseline { get; init; }

    /// <summary>What is in the new package, the chosen one first.</summary>
    public required IReadOnlyList<VariantReport> Variants { get; init; }

    /// <summary>What was tried and is not in the package; each says why.</summary>
    public IReadOnlyList<VariantReport> Rejected { get; init; } = [];

    /// <summary>Where the time of the float network and of the chosen variant goes (of the best where none was good enough), most time first.</summary>
    public IReadOnlyList<OperatorTimeReport> Operators { get; init; } = [];

    /// <summary>The forms that the search went through, best first.</summary>
    public IReadOnlyList<CandidateReport> Candidates { get; init; } = [];

    /// <summary>Layers, most suspicious first.</summary>
    public IReadOnlyList<LayerReport> Layers { get; init; } = [];

    /// <summary>The most critical values with the ranges they were given.</summary>
    public IReadOnlyList<HistogramReport> Histograms { get; init; } = [];

    /// <summary>Where the small network says something else than the float one, worst first.</summary>
    public IReadOnlyList<DisagreementReport> Disagreements { get; init; } = [];

    /// <summary>What was changed in the network before it was quantized.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What a person should look at.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required ReportProvenance Provenance { get; init; }
}
