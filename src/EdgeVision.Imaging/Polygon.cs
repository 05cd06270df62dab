namespace EdgeVision.Imaging;

/// <summary>An area of a picture: corners in fractions of its width and height, so that it holds for every resolution.</summary>
/// <remarks>
/// What the outline winds round is inside, whichever way and however often it goes round (non-zero winding), and so is the outline itself.
/// Example: [0, 0.5, 1, 0.5, 1, 1, 0, 1] is the lower half. Equal when the corners are. Immutable, any thread.
/// </remarks>
public sealed class Polygon : IEquatable<Polygon>
{
    private readonly double[] _corners;

    private Polygon(double[] corners) => _corners = corners;

    public int Count => _corners.Length / 2;

    /// <summary>x1, y1, x2, y2, ...</summary>
    public IReadOnlyList<double> Corners => _corners;

    /// <param name="corners">x1, y1, x2, y2, ...; three corners at least. They may lie outside the picture.</param>
    /// <param name="problem">Why there is no polygon; null when there is.</param>
    public static Polygon? TryCreate(IReadOnlyList<double> corners, out string? problem)
    {
        problem = corners.Count % 2 != 0 ? "has an x without a y"
            : corners.Count < 6 ? "has fewer than three corners"
            : !corners.All(double.IsFinite) ? "has a corner that is no number"
            : Area(corners) < 1e-9 ? "has no area: its corners lie on a line" : null;
        return problem is null ? new Polygon([.. corners]) : null;
    }

    public (double X, double Y) Corner(int index) => (_corners[2 * (index % Count)], _corners[2 * (index % Count) + 1]);

    /// <summary>Whether a point, in fractions of the picture, lies inside or on the outline. 0 bytes allocated.</summary>
    public bool Contains(double x, double y)
    {
        var winding = 0;
        for (var i = 0; i < Count; i++)
        {
            var ((ax, ay), (bx, by)) = (Corner(i), Corner(i + 1));
            var side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
            if (side == 0 && x >= Math.Min(ax, bx) && x <= Math.Max(ax, bx) && y >= Math.Min(ay, by) && y <= Math.Max(ay, by))
            {
                return true;
            }

            winding += ay <= y && by > y && side > 0 ? 1 : ay > y && by <= y && side < 0 ? -1 : 0;
        }

        return winding != 0;
    }

    public bool Equals(Polygon? other) => other is not null && _corners.AsSpan().SequenceEqual(other._corners);

    public override bool Equals(object? obj) => Equals(obj as Polygon);

    public override int GetHashCode() => HashCode.Combine(Count, _corners[0], _corners[1]);

    /// <summary>Of the largest triangle with the first corner: a figure of eight has an area too, though its halves cancel out.</summary>
    private static double Area(IReadOnlyList<double> corners)
    {
        var largest = 0.0;
        for (var i = 2; i + 3 < corners.Count; i += 2)
        {
            var (ax, ay, bx, by) = (corners[i] - corners[0], corners[i + 1] - corners[1], corners[i + 2] - corners[0], corners[i + 3] - corners[1]);
            largest = Math.Max(largest, Math.Abs(ax * by - ay * bx) / 2);
        }

        return largest;
    }
}
