namespace EdgeVision.Compression;

/// <summary>Expected squared error of numbers with a known histogram when they are rounded to a grid and clipped at its ends.</summary>
/// <remarks>
/// Numbers within a bin are taken as evenly spread, and the integral is exact: over whole steps s the mean error is s²/12, beyond the ends it is the squared distance.
/// Zero is on the grid. Example: one bin [0, 1), grid of step 1 from 0 to 1: the error is 1/12.
/// </remarks>
internal static class QuantizationError
{
    /// <param name="step">Between two neighbours of the grid.</param>
    /// <param name="lowest">First point of the grid, in steps from zero.</param>
    /// <param name="highest">Last point.</param>
    /// <returns>Sum over all numbers.</returns>
    public static double Of(ValueHistogram histogram, double step, int lowest, int highest)
    {
        var sum = 0.0;
        var (width, scale) = (histogram.BinWidth / step, histogram.BinWidth);
        var before = Integral(histogram.First * width, lowest, highest);
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var after = Integral((histogram.First + i + 1) * width, lowest, highest);
            sum += histogram.Counts[i] * (after - before);
            before = after;
        }

        return sum * step * step * step / scale;
    }

    // Integral from zero of the squared distance to the nearest whole number that is no less than lowest and no more than highest.
    private static double Integral(double x, int lowest, int highest)
    {
        var nearest = Math.Clamp(Math.Round(x), lowest, highest);
        var rest = x - nearest;
        return (nearest / 12) + (rest * rest * rest / 3);
    }
}
