namespace EdgeVision.Imaging;

/// <summary>Leaves of boxes of one class that overlap only the surest.</summary>
/// <remarks>Deterministic: the same detections in the same order give the same answer. Allocates nothing after the largest frame seen on a thread.</remarks>
public static class NonMaxSuppression
{
    // Handed to the sort, because natively compiled code makes a delegate per call where it is left to find CompareTo itself.
    private static readonly Comparison<Ranked> ByRank = static (a, b) => a.CompareTo(b);

    [ThreadStatic]
    private static Ranked[]? _scratch;

    /// <summary>
    /// Sorts by confidence, surest first (ties: lower class id, then the order given), and removes each box whose IoU with a kept box of its class
    /// is above <paramref name="threshold"/>.
    /// </summary>
    public static void Apply(Detections detections, float threshold)
    {
        var ranked = Rank(detections);
        detections.Clear();
        foreach (var candidate in ranked)
        {
            if (!OverlapsKept(detections, candidate, threshold))
            {
                detections.Add(candidate.Box, candidate.Confidence, candidate.ClassId);
            }
        }
    }

    private static Span<Ranked> Rank(Detections detections)
    {
        var count = detections.Count;
        if (_scratch is null || _scratch.Length < count)
        {
            _scratch = new Ranked[Math.Max(256, count * 2)];
        }

        var boxes = detections.Boxes;
        var confidences = detections.Confidences;
        var classIds = detections.ClassIds;
        for (var i = 0; i < count; i++)
        {
            _scratch[i] = new Ranked(boxes[i], confidences[i], classIds[i], i);
        }

        var ranked = _scratch.AsSpan(0, count);
        ranked.Sort(ByRank);
        return ranked;
    }

    private static bool OverlapsKept(Detections kept, Ranked candidate, float threshold)
    {
        var boxes = kept.Boxes;
        var classIds = kept.ClassIds;
        for (var i = 0; i < boxes.Length; i++)
        {
            if (classIds[i] == candidate.ClassId && boxes[i].IntersectionOverUnion(candidate.Box) > threshold)
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Ranked(BoundingBox Box, float Confidence, int ClassId, int Order) : IComparable<Ranked>
    {
        public int CompareTo(Ranked other)
        {
            var byConfidence = other.Confidence.CompareTo(Confidence);
            var byClass = byConfidence != 0 ? byConfidence : ClassId.CompareTo(other.ClassId);
            return byClass != 0 ? byClass : Order.CompareTo(other.Order);
        }
    }
}
