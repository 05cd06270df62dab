using EdgeVision.Imaging;

namespace EdgeVision.Trainer.Training;

/// <summary>What pixels become for the network: (pixel - mean) / deviation, of each channel, pixels 0 to 255. The device is told the same in the package.</summary>
internal static class Normalization
{
    private const int MostPictures = 2_000, BatchSize = 16;
    private const double Least = 1;

    /// <summary>The same input, brought to mean 0 and deviation 1 over these pictures (over 2,000 of them if they are more); a channel that is the same everywhere is only shifted.</summary>
    public static TensorSpec Fit(OpenedVersion data, IReadOnlyList<VersionItem> items, TensorSpec spec)
    {
        var raw = spec with { Mean = new float[spec.ChannelCount], Std = [.. Enumerable.Repeat(1f, spec.ChannelCount)] };
        var some = VersionSubset.Take(items, Math.Min(MostPictures, items.Count), seed: 0);
        var (sums, squares, plane) = (new double[spec.ChannelCount], new double[spec.ChannelCount], spec.Width * spec.Height);
        foreach (var batch in new BatchLoader(data, some, raw, new BatchOptions { BatchSize = BatchSize, Shuffle = false, CacheBytes = 0 }).Epoch(0))
        {
            using (batch)
            {
                Add(batch.Pixels, plane, sums, squares);
            }
        }

        var count = (double)some.Count * plane;
        var means = sums.Select(sum => sum / count).ToArray();
        var deviations = squares.Zip(means, (square, mean) => Math.Max(Least, Math.Sqrt(Math.Max(0, square / count - mean * mean))));
        return spec with { Mean = [.. means.Select(mean => (float)mean)], Std = [.. deviations.Select(deviation => (float)deviation)] };
    }

    private static void Add(ReadOnlySpan<float> pixels, int plane, double[] sums, double[] squares)
    {
        for (var at = 0; at < pixels.Length; at += plane)
        {
            var (sum, square) = (0.0, 0.0);
            foreach (var pixel in pixels.Slice(at, plane))
            {
                sum += pixel;
                square += pixel * pixel;
            }

            var channel = at / plane % sums.Length;
            sums[channel] += sum;
            squares[channel] += square;
        }
    }
}
