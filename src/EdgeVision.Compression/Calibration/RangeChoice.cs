namespace EdgeVision.Compression;

/// <summary>From what was seen of a value to the range of its 8 bits.</summary>
internal static class RangeChoice
{
    // Because the scale of a narrower range, times that of the weights, is no longer a usable scale for a bias of 32 bits.
    private const float LeastWidth = 1e-6f;

    public static ValueRange Of(ValueStatistics statistics, RangeRule rule, bool symmetric, bool beforeSwish = false)
    {
        var seen = new ValueRange(MathF.Min(statistics.Range.Least, 0), MathF.Max(statistics.Range.Greatest, 0));
        if (statistics.Histogram is not { } histogram || seen.Greatest - seen.Least < LeastWidth)
        {
            return Usable(seen, symmetric);
        }

        var chosen = Choose(statistics, histogram, rule, symmetric, beforeSwish);
        var reach = symmetric ? MathF.Max(-seen.Least, seen.Greatest) : seen.Greatest;
        return Usable(new ValueRange(MathF.Max(chosen.Least, seen.Least), MathF.Min(chosen.Greatest, reach)), symmetric);
    }

    private static ValueRange Choose(ValueStatistics statistics, ValueHistogram histogram, RangeRule rule, bool symmetric, bool beforeSwish) => rule.Method switch
    {
        CalibrationMethod.MinMax => statistics.Range,
        CalibrationMethod.MovingAverage => statistics.AverageRange,
        CalibrationMethod.Percentile when rule.Percentile is > 50 and <= 100 => PercentileRange.Of(histogram, rule.Percentile, symmetric),
        CalibrationMethod.Percentile => throw new CompressionException($"A range cannot hold {rule.Percentile} per cent of a value's numbers: give more than 50 and at most 100; 99.99 is usual."),
        CalibrationMethod.Entropy => EntropyRange.Of(histogram, symmetric),
        CalibrationMethod.SwishSquaredError when beforeSwish => SquaredErrorRange.Of(statistics, histogram, symmetric, SwishError.Of),
        CalibrationMethod.MeanSquaredError or CalibrationMethod.SwishSquaredError => SquaredErrorRange.Of(statistics, histogram, symmetric, QuantizationError.Of),
        var other => throw new CompressionException($"{other} is no calibration method."),
    };

    // A value that is always zero gets the range of one: any scale is right for it, and this one is far from every limit.
    private static ValueRange Usable(ValueRange range, bool symmetric)
    {
        var (least, greatest) = (MathF.Min(range.Least, 0), MathF.Max(range.Greatest, 0));
        if (greatest - least < LeastWidth)
        {
            (least, greatest) = (0, greatest - least == 0 ? 1 : LeastWidth);
        }

        var reach = MathF.Max(-least, greatest);
        return symmetric ? new ValueRange(-reach, reach) : new ValueRange(least, greatest);
    }
}
