using System.Numerics;

namespace EdgeVision.Trainer;

/// <summary>Reads a picture at places between its pixels.</summary>
internal static class PixelSampler
{
    // Places in 1/256 of a pixel: exact enough for bytes, and integers are quick.
    private const int One = 256;

    /// <summary>Fills a picture of the same size whose pixel at p shows what the old one has at backward(p).</summary>
    public static void Resample(Sample sample, Matrix3x2 backward, Span<byte> pixels, Span<byte> mask, byte? fill)
    {
        var half = new Vector2(0.5f);
        for (var y = 0; y < sample.Height; y++)
        {
            for (var x = 0; x < sample.Width; x++)
            {
                var place = Vector2.Transform(new Vector2(x, y) + half, backward) - half;
                var (left, top) = ((int)MathF.Floor(place.X * One + 0.5f), (int)MathF.Floor(place.Y * One + 0.5f));
                var at = y * sample.Width + x;
                Bilinear(sample, left, top, pixels.Slice(at * sample.Channels, sample.Channels), fill);
                if (!mask.IsEmpty)
                {
                    mask[at] = Nearest(sample, (left + One / 2) >> 8, (top + One / 2) >> 8, fill is not null);
                }
            }
        }
    }

    private static void Bilinear(Sample sample, int placeX, int placeY, Span<byte> pixel, byte? fill)
    {
        var (left, top) = (placeX >> 8, placeY >> 8);
        if (fill is { } grey && (left < -1 || top < -1 || left >= sample.Width || top >= sample.Height))
        {
            pixel.Fill(grey);
            return;
        }

        var (shareX, shareY) = (placeX & 255, placeY & 255);
        for (var channel = 0; channel < pixel.Length; channel++)
        {
            var above = (One - shareX) * At(sample, left, top, channel, fill) + shareX * At(sample, left + 1, top, channel, fill);
            var below = (One - shareX) * At(sample, left, top + 1, channel, fill) + shareX * At(sample, left + 1, top + 1, channel, fill);
            pixel[channel] = (byte)(((One - shareY) * above + shareY * below + One * One / 2) >> 16);
        }
    }

    private static int At(Sample sample, int x, int y, int channel, byte? fill)
    {
        if ((uint)x >= (uint)sample.Width || (uint)y >= (uint)sample.Height)
        {
            if (fill is { } grey)
            {
                return grey;
            }

            (x, y) = (Math.Clamp(x, 0, sample.Width - 1), Math.Clamp(y, 0, sample.Height - 1));
        }

        return sample.Pixels[(y * sample.Width + x) * sample.Channels + channel];
    }

    private static byte Nearest(Sample sample, int x, int y, bool isFilled) => isFilled && ((uint)x >= (uint)sample.Width || (uint)y >= (uint)sample.Height)
        ? Batch.NoMask : sample.Mask[Math.Clamp(y, 0, sample.Height - 1) * sample.Width + Math.Clamp(x, 0, sample.Width - 1)];
}
