using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Boxes of one picture as they are learned: cut at the picture's edge, without those of which nothing is left.</summary>
internal static class BoxCleaning
{
    /// <summary>Below it a box is a slip of the mouse.</summary>
    public const float MinSide = 2;

    // Tools count pixels from 0 or from 1 and round; that much is nobody's mistake.
    private const float Slack = 1;

    public static BoundingBox BoundsOf(VersionBox box) => new(box.X1, box.Y1, box.X2, box.Y2);

    public static bool IsOutside(VersionBox box, PictureFacts picture) => box.X1 < -Slack || box.Y1 < -Slack || box.X2 > picture.Width + Slack || box.Y2 > picture.Height + Slack;

    public static VersionBox Clipped(VersionBox box, PictureFacts picture) => BoundsOf(box).ClampTo(picture.Width, picture.Height) is var inside
        ? box with { X1 = inside.X1, Y1 = inside.Y1, X2 = inside.X2, Y2 = inside.Y2 } : box;

    // Written so that what is no number counts as degenerate too.
    public static bool IsDegenerate(VersionBox box) => !(box.X2 - box.X1 >= MinSide) || !(box.Y2 - box.Y1 >= MinSide);

    /// <returns>What is left, and why the others are not.</returns>
    public static (IReadOnlyList<VersionBox> Kept, IReadOnlyList<VersionExclusion> Left) Clean(Candidate candidate)
    {
        var (kept, left) = (new List<VersionBox>(), new List<VersionExclusion>());
        for (var i = 0; i < candidate.Boxes!.Count; i++)
        {
            var (box, clipped) = (candidate.Boxes[i], Clipped(candidate.Boxes[i], candidate.Facts));
            if (!IsDegenerate(clipped))
            {
                kept.Add(clipped);
                continue;
            }

            var (kind, reason) = IsDegenerate(box) ? (FindingKind.BoxDegenerate, "has no area") : (FindingKind.BoxOutside, "lies outside the picture");
            left.Add(new VersionExclusion(candidate.Source, $"{candidate.Name} box {i + 1}", kind, FormattableString.Invariant($"box ({box.X1}, {box.Y1}) to ({box.X2}, {box.Y2}) {reason}")));
        }

        return (kept, left);
    }
}
