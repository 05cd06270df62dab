namespace EdgeVision.Compression;

/// <summary>What came of a search.</summary>
/// <param name="ReportDirectory">Holds <c>report.json</c> and <c>report.html</c>.</param>
public sealed record CompressionResult(CompressionOutcome Outcome, CompressionReport Report, string ReportDirectory);
