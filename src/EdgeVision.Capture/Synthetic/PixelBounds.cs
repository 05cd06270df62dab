using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>The rectangle about some points of the picture.</summary>
internal readonly record struct PixelBounds(double Left, double Top, double Right, double Bottom)
{
    public static PixelBounds None { get; } = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

    public bool IsEmpty => Right <= Left || Bottom <= Top;

    public PixelBounds With(double x, double y) => new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));

    /// <summary>How much of it lies within a picture, 0 to 1.</summary>
    public double ShareWithin(int width, int height)
    {
        var inside = Math.Max(0, Math.Min(Right, width) - Math.Max(Left, 0)) * Math.Max(0, Math.Min(Bottom, height) - Math.Max(Top, 0));
        return IsEmpty ? 0 : Math.Min(1, inside / ((Right - Left) * (Bottom - Top)));
    }

    /// <summary>The box of what an owner has on the canvas, pixels, and how many samples that is.</summary>
    public (BoundingBox Box, int Samples) Visible(SceneCanvas canvas, ushort owner)
    {
        const int fine = SceneCanvas.Fineness;
        if (IsEmpty)
        {
            return default;
        }

        var (left, right) = (Math.Clamp(Left * fine - 1, 0, canvas.Width), Math.Clamp(Right * fine + 2, 0, canvas.Width));
        var (top, bottom) = (Math.Clamp(Top * fine - 1, 0, canvas.Height), Math.Clamp(Bottom * fine + 2, 0, canvas.Height));
        var (x1, y1, x2, y2, samples) = (int.MaxValue, int.MaxValue, -1, -1, 0);
        for (var y = (int)top; y < (int)bottom; y++)
        {
            for (var x = (int)left; x < (int)right; x++)
            {
                if (canvas.Owners[y * canvas.Width + x] == owner)
                {
                    (x1, x2) = (Math.Min(x1, x), Math.Max(x2, x));
                    (y1, y2) = (Math.Min(y1, y), Math.Max(y2, y));
                    samples++;
                }
            }
        }

        return samples == 0 ? default : (new BoundingBox((float)x1 / fine, (float)y1 / fine, (float)(x2 + 1) / fine, (float)(y2 + 1) / fine), samples);
    }
}
