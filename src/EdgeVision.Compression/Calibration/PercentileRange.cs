namespace EdgeVision.Compression;

/// <summary>The range that holds all but a small share of the numbers, half of that share cut at each end (ONNX Runtime's percentile calibration).</summary>
/// <remarks>Within a bin numbers are taken as evenly spread. Example: counts [5, 90, 5] in bins of width 1 from -1 on: 90 % lie within [0, 1], 95 % within [-0.5, 1.5].</remarks>
internal static class PercentileRange
{
    public static ValueRange Of(ValueHistogram histogram, double percentile, bool symmetric)
    {
        var counted = symmetric ? histogram.Folded() : histogram;
        var total = (double)counted.Counts.Sum();
        var cut = (100 - percentile) / 100 * total;
        return symmetric
            ? new ValueRange(0, (float)counted.Quantile(total - cut))
            : new ValueRange((float)counted.Quantile(cut / 2), (float)counted.Quantile(total - (cut / 2)));
    }
}
