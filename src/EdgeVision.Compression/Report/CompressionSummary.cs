namespace EdgeVision.Compression;

/// <summary>What <c>edgevision model compress --json</c> prints: the report's figures without its long lists.</summary>
public sealed record CompressionSummary(IReadOnlyList<VariantReport> Variants, IReadOnlyList<VariantReport> Rejected, string Verdict, bool Holds, string Report, IReadOnlyList<string> Warnings);
