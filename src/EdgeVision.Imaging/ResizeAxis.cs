namespace EdgeVision.Imaging;

/// <summary>Where each output pixel of one axis lies between two source pixels (bilinear, half-pixel centres, edges clamped: OpenCV's INTER_LINEAR).</summary>
/// <remarks>
/// Output pixel i is source[Index[i]] * (1 - Weight[i]) + source[Index[i] + 1] * Weight[i]. Example: 4 pixels to 2 gives indices 0, 2 and weights 0.5.
/// Equal sizes give weight 0, so that pixels pass unchanged. Index + 1 may be the length itself only for a source of one pixel: row buffers hold one more.
/// </remarks>
internal sealed class ResizeAxis
{
    private ResizeAxis(int count)
    {
        Index = new int[count];
        Weight = new float[count];
    }

    public int[] Index { get; }

    public float[] Weight { get; }

    /// <param name="source">Source pixels.</param>
    /// <param name="resized">Pixels the whole source is scaled to.</param>
    /// <param name="first">First of them that is wanted (a crop), otherwise 0.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="subsampling">2 for chroma at half resolution, whose samples lie in the middle of their two pixels; otherwise 1.</param>
    public static ResizeAxis Create(int source, int resized, int first, int count, int subsampling = 1)
    {
        var axis = new ResizeAxis(count);
        var samples = source / subsampling;
        var step = (double)source / resized;
        for (var i = 0; i < count; i++)
        {
            var position = (i + first + 0.5) * step / subsampling - 0.5;
            var clamped = Math.Clamp(position, 0, samples - 1);
            var index = Math.Min((int)clamped, Math.Max(0, samples - 2));
            axis.Index[i] = index;
            axis.Weight[i] = (float)(clamped - index);
        }

        return axis;
    }
}
