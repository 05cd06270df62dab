namespace EdgeVision.Compression;

/// <summary>The range whose histogram in 8 bits tells least apart from the full one: Migacz, "8-bit Inference with TensorRT" (GTC 2017).</summary>
/// <remarks>
/// There a threshold is sought for numbers without sign and 128 levels; here, for unsigned bytes, it cuts at both ends what is wider, and there are 256 levels over what remains. As in NVIDIA's
/// pytorch-quantization the bin at zero counts as its neighbour, because zero is exact in every range and a ReLU's heap of zeros would outweigh all else.
/// What is cut counts at the end bins of the reference and not in the 8-bit histogram, so cutting is not free.
/// </remarks>
internal static class EntropyRange
{
    private const int Candidates = 128;
    private const double Smallest = 1e-9;

    public static ValueRange Of(ValueHistogram histogram, bool symmetric)
    {
        var seen = symmetric ? histogram.Folded() : histogram;
        var levels = symmetric ? 128 : 256;
        var counts = WithoutZeros(seen);
        var widest = Math.Max(-seen.First, seen.First + counts.Length);
        var stride = Math.Max(1, widest / Candidates);
        var best = Enumerable.Range(0, Candidates)
            .Select(i => Slice(seen, widest - (i * stride)))
            .TakeWhile(slice => slice.End - slice.Start >= levels)
            .DefaultIfEmpty((Start: 0, End: counts.Length))
            .MinBy(slice => Divergence(counts, slice.Start, slice.End, levels));
        return new ValueRange((float)seen.Edge(best.Start), (float)seen.Edge(best.End));
    }

    private static (int Start, int End) Slice(ValueHistogram histogram, int threshold) =>
        (Math.Max(0, -threshold - histogram.First), Math.Min(histogram.Counts.Count, threshold - histogram.First));

    private static double[] WithoutZeros(ValueHistogram histogram)
    {
        var counts = histogram.Counts.Select(count => (double)count).ToArray();
        var zero = -histogram.First;
        if (zero + 1 < counts.Length)
        {
            counts[zero] = counts[zero + 1];
        }

        return counts;
    }

    private static double Divergence(double[] counts, int start, int end, int levels)
    {
        var kept = counts.AsSpan(start, end - start);
        var reference = kept.ToArray();
        reference[0] += counts[..start].Sum();
        reference[^1] += counts[end..].Sum();
        var quantized = new double[kept.Length];
        for (var level = 0; level < levels; level++)
        {
            var (from, to) = ((int)((long)level * kept.Length / levels), (int)((long)(level + 1) * kept.Length / levels));
            Level(kept[from..to], quantized.AsSpan(from, to - from));
        }

        return Divergence(reference, quantized);
    }

    // One level stands for all its bins: those that held anything get the mean.
    private static void Level(ReadOnlySpan<double> counts, Span<double> level)
    {
        var (sum, held) = (0.0, 0);
        foreach (var count in counts)
        {
            sum += count;
            held += count > 0 ? 1 : 0;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            level[i] = counts[i] > 0 ? sum / held : 0;
        }
    }

    private static double Divergence(double[] reference, double[] quantized)
    {
        var (total, kept) = (reference.Sum(), Math.Max(quantized.Sum(), 1));
        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] > 0)
            {
                var share = reference[i] / total;
                sum += share * Math.Log(share / Math.Max(quantized[i] / kept, Smallest));
            }
        }

        return sum;
    }
}
