namespace EdgeVision.Compression;

/// <summary>From what was seen of a value to the range of its 8 bits.</summary>
internal static class RangeChoice
{
    // Because the scale of a narrower range, times that of the weights, is no longer a usable scale for a bias of 32 bits.
    private const float LeastWidth = 1e-6f;

    public static ValueRange Of(ValueStatistics statistics, RangeRule rule, bool symmetric)
    {
        var chosen = statistics.Histogram is { } histogram ? Choose(statistics, histogram, rule, symmetric) : statistics.Range;
        return Usable(chosen, symmetric);
    }

    private static ValueRange Choose(ValueStatistics statistics, ValueHistogram histogram, RangeRule rule, bool symmetric) => rule.Method switch
    {
        CalibrationMethod.MinMax => statistics.Range,
        CalibrationMethod.MovingAverage => statistics.AverageRange,
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
