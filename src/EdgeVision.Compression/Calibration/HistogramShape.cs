namespace EdgeVision.Compression;

/// <summary>A histogram asked about its form.</summary>
internal static class HistogramShape
{
    /// <summary>The histogram of the numbers without their sign.</summary>
    public static ValueHistogram Folded(this ValueHistogram histogram)
    {
        var last = histogram.First + histogram.Counts.Count - 1;
        var counts = new long[Math.Max(last, -histogram.First - 1) + 1];
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var bin = histogram.First + i;
            counts[bin < 0 ? -bin - 1 : bin] += histogram.Counts[i];
        }

        return new ValueHistogram(histogram.BinWidth, 0, counts);
    }

    /// <summary>The number below which so many lie, numbers within a bin taken as evenly spread.</summary>
    public static double Quantile(this ValueHistogram histogram, double below)
    {
        var passed = 0.0;
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var count = histogram.Counts[i];
            if (count > 0 && passed + count >= below)
            {
                return histogram.Edge(i) + (Math.Max(below - passed, 0) / count * histogram.BinWidth);
            }

            passed += count;
        }

        return histogram.Edge(histogram.Counts.Count);
    }
}
