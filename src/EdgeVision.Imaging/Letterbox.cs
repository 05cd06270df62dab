namespace EdgeVision.Imaging;

/// <summary>Maps a picture into a model's input and boxes back again, for every <see cref="ResizeMode"/>.</summary>
/// <remarks>
/// input = picture * Scale + Offset, per axis, in pixels. Example: 640x352 letterboxed into 416x416 gives scale 0.65, 416x228 pixels used,
/// the rest padding; input point (130, 65) is picture point (200, 100). Immutable, no allocation, any thread.
/// </remarks>
public readonly record struct Letterbox(float ScaleX, float ScaleY, float OffsetX, float OffsetY, int UsedWidth, int UsedHeight)
{
    /// <summary>How a picture of this size lies in the input.</summary>
    public static Letterbox Fit(int width, int height, TensorSpec spec) => spec.Resize switch
    {
        ResizeMode.Stretch => new Letterbox((float)spec.Width / width, (float)spec.Height / height, 0, 0, spec.Width, spec.Height),
        ResizeMode.CentreCrop => FitCrop(width, height, spec),
        _ => FitInside(width, height, spec),
    };

    /// <summary>A box in input pixels as a box in picture pixels, clamped to the picture.</summary>
    public BoundingBox Project(BoundingBox box, int width, int height) => new BoundingBox(
        (box.X1 - OffsetX) / ScaleX, (box.Y1 - OffsetY) / ScaleY, (box.X2 - OffsetX) / ScaleX, (box.Y2 - OffsetY) / ScaleY).ClampTo(width, height);

    private static Letterbox FitInside(int width, int height, TensorSpec spec)
    {
        var scale = MathF.Min((float)spec.Width / width, (float)spec.Height / height);
        var usedWidth = Math.Clamp((int)(width * scale), 1, spec.Width);
        var usedHeight = Math.Clamp((int)(height * scale), 1, spec.Height);
        var offsetX = spec.Centred ? (spec.Width - usedWidth) / 2 : 0;
        var offsetY = spec.Centred ? (spec.Height - usedHeight) / 2 : 0;
        return new Letterbox(scale, scale, offsetX, offsetY, usedWidth, usedHeight);
    }

    private static Letterbox FitCrop(int width, int height, TensorSpec spec)
    {
        var shortSide = spec.ShortSide == 0 ? Math.Max(spec.Width, spec.Height) : spec.ShortSide;
        var scale = (float)shortSide / Math.Min(width, height);
        var offsetX = (spec.Width - MathF.Round(width * scale)) / 2;
        var offsetY = (spec.Height - MathF.Round(height * scale)) / 2;
        return new Letterbox(scale, scale, MathF.Floor(offsetX), MathF.Floor(offsetY), spec.Width, spec.Height);
    }
}
