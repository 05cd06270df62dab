namespace EdgeVision.Capture;

/// <summary>A flat four-cornered face. Seen from outside: A bottom left, B bottom right, C top right, D top left.</summary>
internal readonly record struct Quad(Point3 A, Point3 B, Point3 C, Point3 D)
{
    private const double Above = 0.02;

    /// <summary>A part of it, laid a hand's breadth above so that it hides what is below; 0 to 1 from left to right and from bottom to top.</summary>
    public Quad Part(double left, double bottom, double right, double top)
    {
        var away = (B - A).Cross(D - A).Unit() * Above;
        return new Quad(At(left, bottom) + away, At(right, bottom) + away, At(right, top) + away, At(left, top) + away);
    }

    private Point3 At(double x, double y) => (A * (1 - x) + B * x) * (1 - y) + (D * (1 - x) + C * x) * y;
}
