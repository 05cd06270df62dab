using System.Numerics.Tensors;

namespace EdgeVision.Compression;

/// <summary>Weights as signed bytes with one scale for each output channel, or one for all.</summary>
/// <remarks>
/// The bias is added to products in steps of input scale x weight scale, as 32 bits: a channel whose bias would not fit gets a coarser weight scale.
/// Example: weights up to 2.54 have scale 0.02; a bias of 1e6 with input scale 1e-4 needs at least 1e6 / (1e-4 x 2^30) = 9.3.
/// </remarks>
internal static class WeightScales
{
    public const int Steps = 127;

    // Because a channel may be all zeros, and its scale must not be.
    public const float LeastRange = 1e-6f;

    // Half of what 32 bits hold, so that the products have as much room.
    private const double MostBias = 1 << 30;

    /// <param name="channelOf">The channel that a weight belongs to, by its index.</param>
    public static float[] Of(ReadOnlySpan<float> weights, int channels, Func<int, int> channelOf)
    {
        var greatest = new float[channels];
        for (var i = 0; i < weights.Length; i++)
        {
            var channel = channelOf(i);
            greatest[channel] = MathF.Max(greatest[channel], MathF.Abs(weights[i]));
        }

        TensorPrimitives.Max(greatest, LeastRange, greatest);
        TensorPrimitives.Divide(greatest, Steps, greatest);
        return greatest;
    }

    /// <summary>The scales, raised where a bias would not fit into 32 bits.</summary>
    public static float[] RaisedFor(float[] scales, ReadOnlySpan<float> bias, float inputScale)
    {
        var raised = (float[])scales.Clone();
        for (var i = 0; i < bias.Length; i++)
        {
            var channel = scales.Length == 1 ? 0 : i;
            raised[channel] = MathF.Max(raised[channel], (float)(Math.Abs(bias[i]) / (inputScale * MostBias)));
        }

        return raised;
    }

    public static sbyte[] Quantize(ReadOnlySpan<float> weights, float[] scales, Func<int, int> channelOf)
    {
        var steps = new sbyte[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            steps[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[channelOf(i)]), -Steps, Steps);
        }

        return steps;
    }
}
