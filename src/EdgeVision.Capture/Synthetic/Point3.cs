namespace EdgeVision.Capture;

/// <summary>A place in the scene, metres, z up; a place in a body's own frame (x ahead, y to the left, z up); or a direction.</summary>
internal readonly record struct Point3(double X, double Y, double Z)
{
    public Point2 Ground => new(X, Y);

    public double Length => Math.Sqrt(Dot(this));

    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Point3 operator *(Point3 a, double by) => new(a.X * by, a.Y * by, a.Z * by);

    public double Dot(Point3 other) => X * other.X + Y * other.Y + Z * other.Z;

    public Point3 Cross(Point3 other) => new(Y * other.Z - Z * other.Y, Z * other.X - X * other.Z, X * other.Y - Y * other.X);

    public Point3 Unit() => this * (1 / Math.Max(Length, 1e-9));
}
