namespace EdgeVision.Compression;

/// <summary>Two evaluations on the same pictures, compared picture by picture.</summary>
/// <remarks>Example: of 1000 pictures 10 are right only before and 2 only after: drop 0.008, p = 0.0386. Any thread.</remarks>
public static class PairedComparison
{
    private const int Rounds = 1000;

    /// <exception cref="CompressionException">Other pictures, or another metric.</exception>
    public static PairedResult Of(Evaluation before, Evaluation after)
    {
        if (before.Metric != after.Metric || !before.Items.Select(item => item.Name).SequenceEqual(after.Items.Select(item => item.Name), StringComparer.Ordinal))
        {
            throw new CompressionException(
                $"{before.Metric} of {before.Items.Count} pictures cannot be compared with {after.Metric} of {after.Items.Count}: evaluate both models on the same data set, with the same options.");
        }

        var pairs = before.Items.Zip(after.Items).ToArray();
        var (lost, won) = (pairs.Count(pair => pair.First.IsRight && !pair.Second.IsRight), pairs.Count(pair => !pair.First.IsRight && pair.Second.IsRight));
        return MetricStatistic.IsShare(before.Items) && MetricStatistic.IsShare(after.Items) ? Exact(lost, won, pairs.Length) : Resampled(before.Items, after.Items, lost, won);
    }

    private static PairedResult Exact(int lost, int won, int count)
    {
        var (low, high) = McNemar.Interval(lost, won, count);
        return new PairedResult((double)(lost - won) / count, low, high, McNemar.P(lost, won), "mcnemar", lost, won);
    }

    private static PairedResult Resampled(IReadOnlyList<ItemOutcome> before, IReadOnlyList<ItemOutcome> after, int lost, int won)
    {
        var (first, second) = (MetricStatistic.Of(before), MetricStatistic.Of(after));
        var (low, high, p) = Bootstrap.Difference(first, second, before.Count, Rounds);
        return new PairedResult(first.Value(before.Count) - second.Value(before.Count), low, high, p, "bootstrap", lost, won);
    }
}
