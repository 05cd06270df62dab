namespace EdgeVision.Imaging;

/// <summary>The pixels of a picture that areas touch, row by row. Immutable.</summary>
/// <remarks>
/// A pixel is a square of side 1, a row a band of height 1. What of the area lies in a band is seen from above as the stretches that are inside at the band's upper border, and
/// the stretches of outline within the band: whoever goes straight up from a point inside meets either the border or the outline.
/// </remarks>
internal sealed class MaskedRows
{
    private MaskedRows(int width, PixelRange[][] pixels, PixelRange[][] blocks) => (Width, Pixels, Blocks) = (width, pixels, blocks);

    public int Width { get; }

    public int Height => Pixels.Length;

    /// <summary>For each row.</summary>
    public PixelRange[][] Pixels { get; }

    /// <summary>For each pair of rows, in pairs of columns: the chroma of 4:2:0. The last row or column of an odd size belongs to no block.</summary>
    public PixelRange[][] Blocks { get; }

    public static MaskedRows Of(IReadOnlyList<Polygon> areas, int width, int height)
    {
        var rows = new PixelRange[height][];
        var touched = new bool[width];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(touched);
            foreach (var area in areas)
            {
                TouchInside(area, y, width, height, touched);
                TouchOutline(area, y, width, height, touched);
            }

            rows[y] = RangesOf(touched);
        }

        return new MaskedRows(width, rows, [.. Enumerable.Range(0, height / 2).Select(pair => BlocksOf(rows[2 * pair], rows[2 * pair + 1], width))]);
    }

    /// <summary>The stretches inside at the band's upper border (non-zero winding).</summary>
    private static void TouchInside(Polygon area, int y, int width, int height, bool[] touched)
    {
        var crossings = new List<(double X, int Direction)>();
        for (var i = 0; i < area.Count; i++)
        {
            var ((ax, ay), (bx, by)) = (Scaled(area.Corner(i), width, height), Scaled(area.Corner(i + 1), width, height));
            if (ay <= y != by <= y)
            {
                crossings.Add((ax + (y - ay) / (by - ay) * (bx - ax), ay <= y ? 1 : -1));
            }
        }

        crossings.Sort((a, b) => a.X.CompareTo(b.X));
        var winding = 0;
        for (var i = 0; i + 1 < crossings.Count; i++)
        {
            winding += crossings[i].Direction;
            if (winding != 0)
            {
                Touch(touched, crossings[i].X, crossings[i + 1].X);
            }
        }
    }

    /// <summary>The outline within the band.</summary>
    private static void TouchOutline(Polygon area, int y, int width, int height, bool[] touched)
    {
        for (var i = 0; i < area.Count; i++)
        {
            var ((ax, ay), (bx, by)) = (Scaled(area.Corner(i), width, height), Scaled(area.Corner(i + 1), width, height));
            var (top, bottom) = (Math.Max(y, Math.Min(ay, by)), Math.Min(y + 1, Math.Max(ay, by)));
            if (top < bottom)
            {
                double At(double height) => ax + (height - ay) / (by - ay) * (bx - ax);
                Touch(touched, Math.Min(At(top), At(bottom)), Math.Max(At(top), At(bottom)));
            }
            else if (ay == by && ay > y && ay < y + 1)
            {
                Touch(touched, Math.Min(ax, bx), Math.Max(ax, bx));
            }
        }
    }

    private static (double X, double Y) Scaled((double X, double Y) corner, int width, int height) => (corner.X * width, corner.Y * height);

    private static void Touch(bool[] touched, double left, double right)
    {
        var first = (int)Math.Clamp(Math.Floor(left), 0, touched.Length);
        var end = (int)Math.Clamp(Math.Ceiling(right), 0, touched.Length);
        if (first < end)
        {
            touched.AsSpan(first, end - first).Fill(true);
        }
    }

    private static PixelRange[] RangesOf(ReadOnlySpan<bool> touched)
    {
        var ranges = new List<PixelRange>();
        for (var x = 0; x < touched.Length; x++)
        {
            if (touched[x])
            {
                var first = x;
                while (x < touched.Length && touched[x])
                {
                    x++;
                }

                ranges.Add(new PixelRange(first, x - first));
            }
        }

        return [.. ranges];
    }

    private static PixelRange[] BlocksOf(PixelRange[] upper, PixelRange[] lower, int width)
    {
        var touched = new bool[(width + 1) / 2];
        foreach (var range in (PixelRange[])[.. upper, .. lower])
        {
            touched.AsSpan(range.First / 2, (range.First + range.Count - 1) / 2 - range.First / 2 + 1).Fill(true);
        }

        return RangesOf(touched);
    }
}
