namespace EdgeVision.Trainer;

/// <summary>Four pictures about one point, with their boxes: small objects, many of them, in many places (Bochkovskiy, Wang, Liao: YOLOv4, 2020, arXiv:2004.10934).</summary>
/// <remarks>
/// Each part touches the point with the corner that faces it and is cut at the canvas's edge; what none covers is grey. Example: on a canvas of 8x8 with the point (4, 4) the first picture's
/// lower right corner lies at (4, 4); a box at (1, 1, 3, 3) of a 4x4 picture stays there, that of the fourth becomes (5, 5, 7, 7).
/// </remarks>
internal static class Mosaic
{
    public const int Parts = 4;

    public const byte Grey = 114;

    public static void Compose(Sample canvas, ReadOnlySpan<Sample> parts, int width, int height, int x, int y)
    {
        canvas.Reset(width, height, parts[0].Channels, parts[0].HasMask);
        canvas.Pixels.Fill(Grey);
        canvas.Mask.Fill(Batch.NoMask);
        for (var i = 0; i < Parts; i++)
        {
            var part = parts[i];
            Place(canvas, part, i % 2 == 0 ? x - part.Width : x, i < 2 ? y - part.Height : y, i % 2 == 0 ? 0 : x, i < 2 ? 0 : y, i % 2 == 0 ? x : width, i < 2 ? y : height);
        }
    }

    /// <summary>The point by lot, in the middle half of the canvas.</summary>
    public static (int X, int Y) Point(int width, int height, RandomStream random) => (width / 4 + random.Next(width / 2), height / 4 + random.Next(height / 2));

    private static void Place(Sample canvas, Sample part, int left, int top, int fromX, int fromY, int toX, int toY)
    {
        var (firstX, lastX) = (Math.Max(left, fromX), Math.Min(left + part.Width, toX));
        var (firstY, lastY) = (Math.Max(top, fromY), Math.Min(top + part.Height, toY));
        for (var y = firstY; y < lastY; y++)
        {
            var (source, target, count) = ((y - top) * part.Width + firstX - left, y * canvas.Width + firstX, lastX - firstX);
            part.Pixels.Slice(source * part.Channels, count * part.Channels).CopyTo(canvas.Pixels[(target * part.Channels)..]);
            if (canvas.HasMask)
            {
                part.Mask.Slice(source, count).CopyTo(canvas.Mask[target..]);
            }
        }

        foreach (var box in part.Boxes)
        {
            // As if the visible part were a picture of its own.
            var moved = box with { X1 = box.X1 + left - firstX, Y1 = box.Y1 + top - firstY, X2 = box.X2 + left - firstX, Y2 = box.Y2 + top - firstY };
            if (lastX > firstX && lastY > firstY && BoxGeometry.Visible(moved, lastX - firstX, lastY - firstY) is { } seen)
            {
                canvas.Boxes.Add(seen with { X1 = seen.X1 + firstX, Y1 = seen.Y1 + firstY, X2 = seen.X2 + firstX, Y2 = seen.Y2 + firstY });
            }
        }
    }
}
