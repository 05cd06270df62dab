using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>What came of a release; the last line of the command.</summary>
/// <param name="Package">Its folder; null = refused.</param>
/// <param name="Refusal">Why it did not leave; null = it did.</param>
/// <param name="Metric">What the values are.</param>
/// <param name="Value">Of the chosen variant on the test pictures, within <paramref name="Low"/> and <paramref name="High"/> (95 %).</param>
/// <param name="Float">Of the float network on the same.</param>
/// <param name="Serving">Of the package in service on the same; null = none was given.</param>
/// <param name="AgainstServing">What is lost against it.</param>
/// <param name="Variants">All that are in the package, figures on the validation pictures.</param>
/// <param name="Published">Whether devices see it; false with a repository = it waits for signatures.</param>
internal sealed record ReleaseResult(
    string Model, string Version, long Counter, string? Package, string? Digest, string? Refusal, string Metric, double Value, double Low, double High, int N, double Float, double? Serving, PairedResult? AgainstServing,
    IReadOnlyList<VariantReport> Variants, string? Repository, bool Published);
