namespace EdgeVision.Capture;

/// <summary>The rows of a convex polygon, one after the other: which samples of a row lie inside, and how near the first of them is.</summary>
/// <remarks>A sample counts when its middle lies inside; two polygons that share an edge share no sample and leave none out. Nearness is linear on the picture: a + x * <see cref="Slope"/> + y * the row's.</remarks>
internal ref struct PolygonScan
{
    private const double Flat = 1e-9;
    private readonly ReadOnlySpan<ScreenPoint> _corners;
    private readonly double _base;
    private readonly double _rowSlope;
    private readonly int _width;
    private readonly int _bottom;

    /// <param name="corners">In samples; at least three, convex, in any direction.</param>
    /// <param name="width">Of the canvas, samples.</param>
    /// <param name="height">Of the canvas, samples.</param>
    public PolygonScan(ReadOnlySpan<ScreenPoint> corners, int width, int height)
    {
        _corners = corners;
        _width = width;
        var (top, bottom) = (double.MaxValue, double.MinValue);
        foreach (var corner in corners)
        {
            (top, bottom) = (Math.Min(top, corner.Y), Math.Max(bottom, corner.Y));
        }

        Row = (int)Math.Ceiling(Math.Clamp(top, 0, height) - 0.5) - 1;
        _bottom = (int)Math.Ceiling(Math.Clamp(bottom, 0, height) - 0.5);
        var (i, area) = Widest(corners);
        if (Math.Abs(area) < Flat)
        {
            _bottom = Row; // seen from its edge
            return;
        }

        var (a, b, c) = (corners[0], corners[i], corners[i + 1]);
        var (ab, ac) = (b.Nearness - a.Nearness, c.Nearness - a.Nearness);
        Slope = (ab * (c.Y - a.Y) - ac * (b.Y - a.Y)) / area;
        _rowSlope = (ac * (b.X - a.X) - ab * (c.X - a.X)) / area;
        _base = a.Nearness - Slope * a.X - _rowSlope * a.Y;
    }

    public int Row { get; private set; }

    public int From { get; private set; }

    /// <summary>The first that is not inside.</summary>
    public int To { get; private set; }

    /// <summary>More nearness with each sample to the right.</summary>
    public double Slope { get; }

    /// <summary>At the sample <see cref="From"/>.</summary>
    public readonly double Nearness => _base + Slope * (From + 0.5) + _rowSlope * (Row + 0.5);

    public bool Next()
    {
        while (++Row < _bottom)
        {
            var y = Row + 0.5;
            var (left, right) = (double.MaxValue, double.MinValue);
            for (var i = 0; i < _corners.Length; i++)
            {
                var (a, b) = (_corners[i], _corners[i + 1 == _corners.Length ? 0 : i + 1]);
                if (a.Y <= y == b.Y <= y)
                {
                    continue;
                }

                // the same sum for an edge from either side, so that neighbours meet
                (a, b) = a.Y < b.Y ? (a, b) : (b, a);
                var x = a.X + (b.X - a.X) * ((y - a.Y) / (b.Y - a.Y));
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
            }

            From = (int)Math.Ceiling(Math.Clamp(left, 0, _width) - 0.5);
            To = (int)Math.Ceiling(Math.Clamp(right, 0, _width) - 0.5);
            if (From < To)
            {
                return true;
            }
        }

        return false;
    }

    private static (int Index, double Area) Widest(ReadOnlySpan<ScreenPoint> corners)
    {
        var (best, widest) = (1, 0.0);
        for (var i = 1; i + 1 < corners.Length; i++)
        {
            var area = (corners[i].X - corners[0].X) * (corners[i + 1].Y - corners[0].Y) - (corners[i + 1].X - corners[0].X) * (corners[i].Y - corners[0].Y);
            (best, widest) = Math.Abs(area) > Math.Abs(widest) ? (i, area) : (best, widest);
        }

        return (best, widest);
    }
}
