namespace EdgeVision.Capture;

/// <summary>Shadows of bodies on the ground: of the sun by day, and the darkness below a body at any hour.</summary>
internal sealed class SceneShadows(SceneBrush brush, SceneLighting lighting)
{
    private const double Contact = 0.3;
    private const double MostStretch = 2.5;
    private readonly Point2[] _points = new Point2[8];
    private readonly Point2[] _hull = new Point2[12];
    private double _depth;

    /// <param name="day">1 by day, 0 at night.</param>
    public void Begin(double day) => _depth = lighting.ShadowDepth(day);

    /// <summary>The shadow of a box that floats or stands.</summary>
    public void Cast(Placement at, double length, double width, double from, double to)
    {
        if (from <= 0)
        {
            Shade(at, length + 0.2, width + 0.2, 0, 0, Contact);
        }

        if (_depth > 0.04)
        {
            Shade(at, length, width, from, to, _depth);
        }
    }

    private void Shade(Placement at, double length, double width, double from, double to, double depth)
    {
        var stretch = Math.Min(MostStretch, 1 / lighting.Sun.Z);
        for (var i = 0; i < 8; i++)
        {
            var height = i < 4 ? from : to;
            var corner = at.ToScene(new Point3((i & 1) == 0 ? -length / 2 : length / 2, (i & 2) == 0 ? -width / 2 : width / 2, 0)).Ground;
            _points[i] = corner - lighting.Sun.Ground * (height * stretch);
        }

        brush.Shade(_hull.AsSpan(0, Hull()), depth);
    }

    /// <summary>Andrew's monotone chain (Another efficient algorithm for convex hulls in two dimensions, 1979).</summary>
    private int Hull()
    {
        Array.Sort(_points, static (a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var count = 0;
        for (var i = 0; i < _points.Length; i++)
        {
            count = Add(_points[i], count, 1);
        }

        var least = count;
        for (var i = _points.Length - 2; i >= 0; i--)
        {
            count = Add(_points[i], count, least);
        }

        return count - 1;
    }

    private int Add(Point2 point, int count, int least)
    {
        while (count > least && (_hull[count - 1] - _hull[count - 2]).Cross(point - _hull[count - 1]) <= 1e-9)
        {
            count--;
        }

        _hull[count] = point;
        return count + 1;
    }
}
