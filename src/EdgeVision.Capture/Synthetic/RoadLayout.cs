using EdgeVision.Imaging;

namespace EdgeVision.Capture;

/// <summary>Where the roads are: three or four arms, one or two lanes each way, not always at right angles.</summary>
internal sealed class RoadLayout
{
    public const double LaneWidth = 3.3;
    public const double Far = 110;
    private const double Gutter = 0.35;
    private const double CornerRadius = 5;
    private const double Opposite = -0.7;

    public RoadLayout(RandomStream random)
    {
        Lanes = random.Chance(0.45f) ? 2 : 1;
        PavementWidth = random.Between(2.2f, 4.5f);
        HalfWidth = Lanes * LaneWidth + Gutter;
        var count = random.Chance(0.25f) ? 3 : 4;
        var start = random.Between(0, 6.2831f);
        var skew = random.Between(-0.22f, 0.22f);
        Arms = [.. Enumerable.Range(0, count).Select(i => new RoadArm(i, Point2.Towards(start + i * Math.PI / 2 + (i % 2 == 0 ? 0 : skew)), HalfWidth + 7.5 + Math.Abs(skew) * 8))];
    }

    /// <summary>Counter-clockwise.</summary>
    public RoadArm[] Arms { get; }

    /// <summary>Each way.</summary>
    public int Lanes { get; }

    /// <summary>From the middle line to the kerb.</summary>
    public double HalfWidth { get; }

    public double PavementWidth { get; }

    /// <summary>Middle of a lane from the middle line; lane 0 is the innermost.</summary>
    public static double Offset(int lane) => (lane + 0.5) * LaneWidth;

    /// <summary>Metres to the kerb: negative on the road, positive beside it. The corners are round, because a smooth minimum joins neighbouring arms.</summary>
    public double ToKerb(Point2 place)
    {
        var nearest = double.MaxValue;
        var before = ToKerb(Arms[^1], place);
        for (var i = 0; i < Arms.Length; i++)
        {
            var distance = ToKerb(Arms[i], place);
            var isCorner = Arms[i].Direction.Dot(Arms[i == 0 ? Arms.Length - 1 : i - 1].Direction) > Opposite;
            var share = isCorner ? Math.Max(CornerRadius - Math.Abs(before - distance), 0) / CornerRadius : 0;
            nearest = Math.Min(nearest, Math.Min(before, distance) - share * share * CornerRadius / 4);
            before = distance;
        }

        return nearest;
    }

    private double ToKerb(RoadArm arm, Point2 place)
    {
        var (u, v) = arm.Of(place);
        var beside = Math.Abs(v) - HalfWidth;
        return u >= 0 ? beside : Math.Max(beside, -u - HalfWidth);
    }
}
