namespace EdgeVision.Capture;

/// <summary>One road that leads to the intersection. Coordinates along it: u metres from the middle outwards, v metres to the left of that. Traffic keeps right: it leaves at negative v and comes at positive v.</summary>
internal sealed class RoadArm(int index, Point2 direction, double stopDistance)
{
    public int Index => index;

    /// <summary>From the middle outwards.</summary>
    public Point2 Direction => direction;

    /// <summary>u of the stop line.</summary>
    public double StopDistance => stopDistance;

    /// <summary>u of the middle of the crosswalk.</summary>
    public double CrosswalkDistance => stopDistance - 3;

    public Point2 At(double u, double v) => direction * u + direction.Left * v;

    public (double U, double V) Of(Point2 place) => (place.Dot(direction), place.Dot(direction.Left));
}
