namespace EdgeVision.Trainer;

/// <summary>Out of focus, or moved: a Gaussian over rows and then over columns, edges repeated.</summary>
/// <param name="MaxSigma">Pixels, above 0 to 8.</param>
internal sealed record GaussianBlur(float MaxSigma) : IAugmentation
{
    private const float MinSigma = 0.1f;

    public string Name => "blur";

    public void Apply(Sample sample, RandomStream random) => Blur(sample, random.Between(Math.Min(MinSigma, MaxSigma), MaxSigma));

    public static void Blur(Sample sample, float sigma)
    {
        var weights = Weights(sigma);
        Pass(sample, weights, sample.Channels, sample.Width, sample.Width * sample.Channels, sample.Height);
        Pass(sample, weights, sample.Width * sample.Channels, sample.Height, sample.Channels, sample.Width);
    }

    /// <summary>From the middle outwards; with their mirror image their sum is 1. Sigma 0.5 gives 0.7866, 0.1065, 0.0003.</summary>
    internal static float[] Weights(float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(3 * sigma));
        float[] weights = [.. Enumerable.Range(0, radius + 1).Select(i => MathF.Exp(-i * i / (2 * sigma * sigma)))];
        var sum = 2 * weights.Sum() - weights[0];
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <param name="step">From one value of a line to the next; a line has <paramref name="length"/>.</param>
    /// <param name="lineStep">From one line to the next, of <paramref name="lines"/>.</param>
    private static void Pass(Sample sample, float[] weights, int step, int length, int lineStep, int lines)
    {
        var source = sample.Pixels;
        var target = sample.Spare(sample.Width, sample.Height);
        for (var line = 0; line < lines; line++)
        {
            for (var channel = 0; channel < sample.Channels; channel++)
            {
                var start = line * lineStep + channel;
                for (var i = 0; i < length; i++)
                {
                    target[start + i * step] = Mixed(source[start..], weights, step, length, i);
                }
            }
        }

        sample.Accept(mask: false);
    }

    private static byte Mixed(ReadOnlySpan<byte> line, float[] weights, int step, int length, int i)
    {
        var sum = weights[0] * line[i * step];
        for (var far = 1; far < weights.Length; far++)
        {
            sum += weights[far] * (line[Math.Max(0, i - far) * step] + line[Math.Min(length - 1, i + far) * step]);
        }

        return (byte)(sum + 0.5f);
    }
}
