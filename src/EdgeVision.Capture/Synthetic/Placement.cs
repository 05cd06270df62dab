namespace EdgeVision.Capture;

/// <summary>Where a body stands on the ground, and where it looks.</summary>
/// <param name="Ahead">Of length 1.</param>
internal readonly record struct Placement(Point2 Place, Point2 Ahead)
{
    public Point3 ToScene(Point3 own) => (Place + Ahead * own.X + Ahead.Left * own.Y).At(own.Z);

    public Point3 DirectionToScene(Point3 own) => (Ahead * own.X + Ahead.Left * own.Y).At(own.Z);
}
