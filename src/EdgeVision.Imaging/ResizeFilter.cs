namespace EdgeVision.Imaging;

/// <summary>What each output pixel of one axis is made of when a picture is shrunk without aliasing: a triangle over all the source pixels it covers (Pillow's and torchvision's bilinear).</summary>
/// <remarks>
/// Output pixel i is the sum of source[Index[i] + k] * Weights[i * Stride + k] for k below Count[i]; weights beyond are 0, so that whole vectors may be read.
/// Example: 4 pixels to 2: pixel 0 is 3/7, 3/7, 1/7 of the first three. An axis that grows is linear as in <see cref="ResizeAxis"/>. Immutable, any thread.
/// </remarks>
internal sealed class ResizeFilter
{
    private ResizeFilter(int count, int stride)
    {
        Index = new int[count];
        Count = new int[count];
        Weights = new float[count * stride];
        Stride = stride;
    }

    public int[] Index { get; }

    public int[] Count { get; }

    public float[] Weights { get; }

    /// <summary>Weights of one output pixel: a multiple of 4.</summary>
    public int Stride { get; }

    /// <inheritdoc cref="ResizeAxis.Create"/>
    public static ResizeFilter Create(int source, int resized, int first, int count, int subsampling = 1)
    {
        var samples = source / subsampling;
        var step = (double)source / resized / subsampling;
        var reach = Math.Max(step, 1);
        var filter = new ResizeFilter(count, ((int)Math.Ceiling(reach) * 2 + 1 + 3) / 4 * 4);
        for (var i = 0; i < count; i++)
        {
            filter.Fill(i, (i + first + 0.5) * step, reach, samples);
        }

        return filter;
    }

    public ReadOnlySpan<float> WeightsOf(int i) => Weights.AsSpan(i * Stride, Count[i]);

    private void Fill(int i, double centre, double reach, int samples)
    {
        var from = Math.Clamp((int)(centre - reach + 0.5), 0, samples - 1);
        var count = Math.Clamp((int)(centre + reach + 0.5), from + 1, samples) - from;
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            sum += Triangle(from + k, centre, reach);
        }

        for (var k = 0; k < count; k++)
        {
            // A crop beyond the picture's edge (a rounding) has no weight at all: the edge pixel is taken.
            Weights[i * Stride + k] = sum > 0 ? (float)(Triangle(from + k, centre, reach) / sum) : 1f / count;
        }

        (Index[i], Count[i]) = (from, count);
    }

    private static double Triangle(int pixel, double centre, double reach) => Math.Max(0, 1 - Math.Abs(pixel + 0.5 - centre) / reach);
}
