namespace EdgeVision.Trainer.Training;

/// <summary>What pixels become for the network: (pixel - mean) / deviation, of each channel, pixels 0 to 255. The device is told the same in the package.</summary>
internal sealed record Normalization(float[] Mean, float[] Deviation)
{
    private const float Least = 1;

    /// <summary>To mean 0 and deviation 1 over these pictures; a channel that is the same everywhere is only shifted.</summary>
    public static Normalization Of(TrainingSet set)
    {
        var (sums, squares, plane) = (new double[set.Shape.Channels], new double[set.Shape.Channels], set.Shape.Height * set.Shape.Width);
        for (var at = 0; at < set.Pixels.Length; at += plane)
        {
            var (sum, square) = (0L, 0L);
            foreach (var pixel in set.Pixels.AsSpan(at, plane))
            {
                sum += pixel;
                square += pixel * pixel;
            }

            var channel = at / plane % sums.Length;
            sums[channel] += sum;
            squares[channel] += square;
        }

        var count = (double)set.Count * plane;
        var means = sums.Select(sum => sum / count).ToArray();
        return new Normalization([.. means.Select(mean => (float)mean)], [.. squares.Zip(means, (square, mean) => MathF.Max(Least, (float)Math.Sqrt(Math.Max(0, square / count - mean * mean))))]);
    }
}
