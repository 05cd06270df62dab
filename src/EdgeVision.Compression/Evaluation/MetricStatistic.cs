namespace EdgeVision.Compression;

/// <summary>A metric of a set in which each picture counts as often as a weight says: what resampling needs.</summary>
internal abstract class MetricStatistic
{
    /// <summary>The metric of these outcomes.</summary>
    public static MetricStatistic Of(IReadOnlyList<ItemOutcome> items) =>
        items.All(item => item.Boxes is not null) ? new PrecisionStatistic([.. items.Select(item => item.Boxes!)])
        : items.All(item => item.Agreement is not null) ? new AgreementStatistic([.. items.Select(item => item.Agreement!.Value)])
        : items.Count > 0 && items.All(item => item.Overlap is not null) ? new OverlapStatistic([.. items.Select(item => item.Overlap!)], items[0].Overlap!.Classes)
        : new MeanStatistic([.. items.Select(item => item.Score)]);

    /// <summary>Whether it is a share of pictures that are right, so that exact tests hold.</summary>
    public static bool IsShare(IReadOnlyList<ItemOutcome> items) => items.All(item => item is { Boxes: null, Agreement: null, Overlap: null, Score: 0 or 1 });

    /// <summary>The 95 % interval of the metric of these outcomes, which this was made of: Wilson's where pictures are right or wrong, bootstrap over pictures otherwise.</summary>
    public (double Low, double High) Interval(IReadOnlyList<ItemOutcome> items, int rounds) =>
        IsShare(items) ? Wilson.Interval(items.Count(item => item.IsRight), items.Count) : Bootstrap.Interval(this, items.Count, rounds);

    /// <param name="weights">One for each picture.</param>
    public abstract double Value(ReadOnlySpan<int> weights);

    public double Value(int pictures)
    {
        var once = new int[pictures];
        Array.Fill(once, 1);
        return Value(once);
    }
}
