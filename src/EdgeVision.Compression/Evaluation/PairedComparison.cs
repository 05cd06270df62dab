namespace EdgeVision.Compression;

/// <summary>Two evaluations on the same pictures, compared picture by picture.</summary>
/// <remarks>Example: of 1000 pictures 10 are right only before and 2 only after: drop 0.008, p = 0.0386. Any thread.</remarks>
public static class PairedComparison
{
    /// <exception cref="CompressionException">Other pictures, or another metric.</exception>
    public static PairedResult Of(Evaluation before, Evaluation after) =>
        throw new CompressionException($"{before.Metric} and {after.Metric} cannot be compared yet.");
}
