namespace EdgeVision.Capture;

/// <summary>A place on the ground, metres from the middle of the intersection; or a direction there.</summary>
internal readonly record struct Point2(double X, double Y)
{
    public double Length => Math.Sqrt(X * X + Y * Y);

    /// <summary>A quarter turn to the left.</summary>
    public Point2 Left => new(-Y, X);

    public static Point2 operator +(Point2 a, Point2 b) => new(a.X + b.X, a.Y + b.Y);

    public static Point2 operator -(Point2 a, Point2 b) => new(a.X - b.X, a.Y - b.Y);

    public static Point2 operator *(Point2 a, double by) => new(a.X * by, a.Y * by);

    public static Point2 Towards(double radians) => new(Trigonometry.Cos(radians), Trigonometry.Sin(radians));

    public double Dot(Point2 other) => X * other.X + Y * other.Y;

    /// <summary>Positive where <paramref name="other"/> points to the left of this.</summary>
    public double Cross(Point2 other) => X * other.Y - Y * other.X;

    public Point2 Unit() => this * (1 / Math.Max(Length, 1e-9));

    public Point3 At(double height) => new(X, Y, height);
}
