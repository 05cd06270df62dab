namespace EdgeVision.Compression;

/// <summary>The range with the least expected squared error: a finer step against what is clipped (MSE of PaddleSlim and AIMET).</summary>
/// <remarks>
/// What the error is of, the caller says: the value itself or what is made of it. Both ends shrink together first, down to a hundredth; then each end alone is moved about its place, twice. Never wider than what was seen.
/// Example: a million numbers spread over [0, 1] and one of 30: (30 - c)² + 10^6 (c / 255)² / 12 is least at c = 13.2, so the one is clipped.
/// </remarks>
internal static class SquaredErrorRange
{
    private const int Steps = 128;
    private const double Shrink = 0.965;

    public static ValueRange Of(ValueStatistics statistics, ValueHistogram histogram, bool symmetric, Func<ValueHistogram, double, int, int, double> error)
    {
        var (least, greatest) = (Math.Min(statistics.Range.Least, 0.0), Math.Max(statistics.Range.Greatest, 0.0));
        if (symmetric)
        {
            var reach = Math.Max(-least, greatest);
            var kept = Best(share => error(histogram, reach * share / 127, -127, 127));
            return new ValueRange(0, (float)(reach * kept));
        }

        var (low, high) = Both((low, high) => Error(histogram, low, high, error), least, greatest);
        return new ValueRange((float)(least * low), (float)(greatest * high));
    }

    private static (double Low, double High) Both(Func<double, double, double> error, double least, double greatest)
    {
        var low = Best(share => error(least * share, greatest * share));
        var high = low;
        if (least == 0 || greatest == 0)
        {
            return (low, high);
        }

        for (var round = 0; round < 2; round++)
        {
            low = Best(share => error(least * share, greatest * high));
            high = Best(share => error(least * low, greatest * share));
        }

        return (low, high);
    }

    private static double Error(ValueHistogram histogram, double least, double greatest, Func<ValueHistogram, double, int, int, double> error)
    {
        var step = (greatest - least) / 255;
        var lowest = (int)Math.Round(least / step);
        return error(histogram, step, lowest, lowest + 255);
    }

    // The share with the least error, the greatest one of several.
    private static double Best(Func<double, double> error) => Enumerable.Range(0, Steps).Select(i => Math.Pow(Shrink, i)).MinBy(error);
}
