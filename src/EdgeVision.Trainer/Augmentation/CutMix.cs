namespace EdgeVision.Trainer;

/// <summary>A rectangle of another picture, and of its label as much as its area (Yun and others: CutMix, ICCV 2019).</summary>
/// <remarks>Example: in a picture of 4x4 a rectangle of 2x2 makes the labels 0.75 and 0.25.</remarks>
internal static class CutMix
{
    /// <param name="partners">For each picture the one that the rectangle is of, as it was before.</param>
    public static void Mix(Batch batch, ReadOnlySpan<int> partners, int left, int top, int width, int height)
    {
        var (before, spec) = (batch.Pixels.ToArray(), batch.Spec);
        for (var i = 0; i < batch.Count; i++)
        {
            for (var row = 0; row < spec.ChannelCount * height; row++)
            {
                var at = (row / height * spec.Height + top + row % height) * spec.Width + left;
                before.AsSpan(partners[i] * spec.Length + at, width).CopyTo(batch.Pixels[(i * spec.Length + at)..]);
            }
        }

        batch.MixLabels(partners, 1 - (float)(width * height) / (spec.Width * spec.Height));
    }

    /// <summary>A rectangle of a share of the picture, its middle by lot, cut at the edge.</summary>
    public static (int Left, int Top, int Width, int Height) Rectangle(int width, int height, float share, RandomStream random)
    {
        var side = MathF.Sqrt(share);
        var (x, y) = (random.Next(width), random.Next(height));
        var (left, top) = (Math.Max(0, x - (int)(width * side / 2)), Math.Max(0, y - (int)(height * side / 2)));
        return (left, top, Math.Min(width, x + (int)(width * side / 2)) - left, Math.Min(height, y + (int)(height * side / 2)) - top);
    }
}
