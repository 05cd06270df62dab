using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>Which of the boxes that a model gave are hits.</summary>
/// <remarks>
/// In each picture the surest box takes the free object of its class that it overlaps most, if by at least the IoU; an object is taken once, what takes none is a false alarm. A box that takes none and
/// lies by half or more in an ignored object does not count.
/// </remarks>
/// <param name="iou">Above 0 to 1.</param>
/// <param name="classOf">The model's class as the truth's; null = boxes of it are passed over.</param>
internal sealed class BoxMatching(float iou, Func<int, int?> classOf)
{
    private const float InsideIgnored = 0.5f;

    public BoxOutcome Match(IReadOnlyList<TrueBox> truths, Detections detections)
    {
        var free = truths.Where(truth => !truth.IsIgnored).ToList();
        int[] classes = [.. free.Select(truth => truth.ClassId)];
        var found = new List<FoundBox>();
        foreach (var i in Enumerable.Range(0, detections.Count).OrderByDescending(Confidences(detections)))
        {
            var box = detections.Boxes[i];
            if (classOf(detections.ClassIds[i]) is not { } classId)
            {
                continue;
            }

            var isHit = TakeBest(free, box, classId);
            if (isHit || !truths.Any(truth => truth.IsIgnored && truth.ClassId == classId && ShareInside(box, truth.Box) >= InsideIgnored))
            {
                found.Add(new FoundBox(classId, detections.Confidences[i], isHit));
            }
        }

        return new BoxOutcome(classes, found);
    }

    private static Func<int, float> Confidences(Detections detections)
    {
        var confidences = detections.Confidences.ToArray();
        return i => confidences[i];
    }

    private bool TakeBest(List<TrueBox> free, BoundingBox box, int classId)
    {
        var (best, overlap) = (-1, iou);
        for (var i = 0; i < free.Count; i++)
        {
            var shared = free[i].ClassId == classId ? free[i].Box.IntersectionOverUnion(box) : -1;
            (best, overlap) = shared >= overlap ? (i, shared) : (best, overlap);
        }

        if (best >= 0)
        {
            free.RemoveAt(best);
        }

        return best >= 0;
    }

    private static float ShareInside(BoundingBox box, BoundingBox crowd)
    {
        var shared = new BoundingBox(MathF.Max(box.X1, crowd.X1), MathF.Max(box.Y1, crowd.Y1), MathF.Min(box.X2, crowd.X2), MathF.Min(box.Y2, crowd.Y2));
        return box.Area > 0 ? shared.Area / box.Area : 0;
    }
}
