namespace EdgeVision.Capture;

/// <summary>Lamps along the arms, and the light they throw on a place.</summary>
internal sealed class StreetLamps
{
    public const double Height = 7;
    private const double Brightness = 34;

    public StreetLamps(RoadLayout layout) => Places =
    [
        .. layout.Arms.SelectMany(arm => new[] { 0.0, 26, 56 }.Select((more, i) => arm.At(arm.StopDistance + more, (i % 2 == 0 ? -1 : 1) * (layout.HalfWidth + 0.8)))),
    ];

    public IReadOnlyList<Point2> Places { get; }

    /// <summary>0 in the dark, about 1 under a lamp.</summary>
    public double At(Point2 place)
    {
        var light = 0.0;
        foreach (var lamp in Places)
        {
            var way = place - lamp;
            var square = way.Dot(way) + Height * Height;
            light += Brightness * Height / (square * Math.Sqrt(square));
        }

        return light;
    }
}
