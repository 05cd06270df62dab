using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Boxes that follow what is done to their picture.</summary>
internal static class BoxGeometry
{
    /// <summary>Of less of an object nobody can say what it is.</summary>
    public const float MinVisible = 0.3f;

    /// <summary>Cut at the picture's edge; null when less than <see cref="MinVisible"/> of it is left, or a side below two pixels.</summary>
    public static VersionBox? Visible(VersionBox box, float width, float height)
    {
        var whole = BoxCleaning.BoundsOf(box);
        var seen = whole.ClampTo(width, height);
        var cut = box with { X1 = seen.X1, Y1 = seen.Y1, X2 = seen.X2, Y2 = seen.Y2 };
        return seen.Area < MinVisible * whole.Area || BoxCleaning.IsDegenerate(cut) ? null : cut;
    }

    /// <summary>Moves every box and drops those that went out of sight.</summary>
    public static void Map(Sample sample, int width, int height, Func<BoundingBox, BoundingBox> move)
    {
        var kept = 0;
        for (var i = 0; i < sample.Boxes.Count; i++)
        {
            var box = sample.Boxes[i];
            var moved = move(BoxCleaning.BoundsOf(box));
            if (Visible(box with { X1 = moved.X1, Y1 = moved.Y1, X2 = moved.X2, Y2 = moved.Y2 }, width, height) is { } visible)
            {
                sample.Boxes[kept++] = visible;
            }
        }

        sample.Boxes.RemoveRange(kept, sample.Boxes.Count - kept);
    }
}
