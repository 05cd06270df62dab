namespace EdgeVision.Imaging;

/// <summary>An axis-parallel box in pixels, left-top inclusive, right-bottom exclusive, as real numbers (xyxy).</summary>
public readonly record struct BoundingBox(float X1, float Y1, float X2, float Y2)
{
    public float Width => X2 - X1;

    public float Height => Y2 - Y1;

    public float Area => MathF.Max(0, Width) * MathF.Max(0, Height);

    public static BoundingBox FromCentre(float x, float y, float width, float height) =>
        new(x - width / 2, y - height / 2, x + width / 2, y + height / 2);

    public BoundingBox ClampTo(float width, float height) => new(
        Math.Clamp(X1, 0, width), Math.Clamp(Y1, 0, height), Math.Clamp(X2, 0, width), Math.Clamp(Y2, 0, height));

    /// <summary>Intersection over union, 0 to 1. Example: 10x10 at (0,0) and 10x10 at (0,3) share 70 of 130, 0.538.</summary>
    public float IntersectionOverUnion(BoundingBox other)
    {
        var width = MathF.Min(X2, other.X2) - MathF.Max(X1, other.X1);
        var height = MathF.Min(Y2, other.Y2) - MathF.Max(Y1, other.Y1);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (Area + other.Area - shared);
    }
}
