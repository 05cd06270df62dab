namespace EdgeVision.Capture;

/// <summary>A line on the ground that somebody follows, by the metres gone on it.</summary>
internal sealed class Route
{
    private const double Step = 0.5;
    private readonly List<Point2> _points = [];
    private Point2 _last;
    private double _rest;

    public Route(Point2 start)
    {
        _last = start;
        _points.Add(start);
    }

    /// <summary>Metres, to the last whole step.</summary>
    public double Length => (_points.Count - 1) * Step;

    public Route LineTo(Point2 end)
    {
        var way = end - _last;
        var length = way.Length;
        var at = Step - _rest;
        for (; at <= length; at += Step)
        {
            _points.Add(_last + way * (at / length));
        }

        _rest = length - (at - Step);
        _last = end;
        return this;
    }

    /// <summary>A Bezier curve that leaves in one direction (a unit) and comes in another: for a quarter turn nearly an arc.</summary>
    public Route CurveTo(Point2 end, Point2 leaving, Point2 coming)
    {
        const int pieces = 64;
        var start = _last;
        var reach = (end - start).Length * 0.39;
        var (a, b) = (start + leaving * reach, end - coming * reach);
        for (var i = 1; i <= pieces; i++)
        {
            var t = (double)i / pieces;
            var s = 1 - t;
            LineTo(start * (s * s * s) + a * (3 * s * s * t) + b * (3 * s * t * t) + end * (t * t * t));
        }

        return this;
    }

    public Point2 At(double metres)
    {
        var place = Math.Clamp(metres / Step, 0, _points.Count - 1);
        var index = Math.Min((int)place, _points.Count - 2);
        var share = place - index;
        return _points[index] * (1 - share) + _points[index + 1] * share;
    }

    /// <summary>Where a body looks whose axles are so far from its middle.</summary>
    public Point2 Heading(double metres, double reach) => (At(metres + reach) - At(metres - reach)).Unit();
}
