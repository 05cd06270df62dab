namespace EdgeVision.Capture;

/// <summary>A level rectangle of a body: the bottom or the top of a <see cref="Solid"/>.</summary>
internal readonly record struct Slab(double Rear, double Front, double Right, double Left, double Z)
{
    /// <summary>As far to the left as to the right.</summary>
    public static Slab Even(double rear, double front, double width, double z) => new(rear, front, -width / 2, width / 2, z);
}
