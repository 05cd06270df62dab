using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>How well boxes of one class are found: the area under precision over recall, all points (AP50 at IoU 0.5).</summary>
/// <remarks>
/// In each picture the surest box takes the free truth it overlaps most, if that is at least the IoU; a truth is taken once, what takes none is a false alarm.
/// Example: two truths; boxes hit (0.9), miss (0.8), hit (0.7): precision 1 up to recall 0.5, then 2/3: AP = 0.5 * 1 + 0.5 * 2/3 = 0.833.
/// </remarks>
internal sealed class AveragePrecision(float iou = 0.5f)
{
    private readonly List<(float Confidence, bool IsHit)> _ranked = [];

    public int Truths { get; private set; }

    public void AddPicture(IReadOnlyList<BoundingBox> truths, Detections detections, params ReadOnlySpan<int> classIds)
    {
        Truths += truths.Count;
        var free = truths.ToList();
        foreach (var i in SurestFirst(detections))
        {
            if (classIds.Contains(detections.ClassIds[i]))
            {
                _ranked.Add((detections.Confidences[i], TakeBest(free, detections.Boxes[i])));
            }
        }
    }

    public double Value()
    {
        var points = Curve();
        var (area, best) = (0.0, 0.0);
        for (var i = points.Count - 1; i >= 0; i--)
        {
            best = Math.Max(best, points[i].Precision);
            area += best * (points[i].Recall - (i == 0 ? 0 : points[i - 1].Recall));
        }

        return area;
    }

    private List<(double Recall, double Precision)> Curve()
    {
        var points = new List<(double, double)>();
        var hits = 0;
        foreach (var (_, isHit) in _ranked.OrderByDescending(entry => entry.Confidence))
        {
            hits += isHit ? 1 : 0;
            points.Add(((double)hits / Truths, (double)hits / (points.Count + 1)));
        }

        return points;
    }

    private bool TakeBest(List<BoundingBox> free, BoundingBox box)
    {
        var best = free.Count == 0 ? default : free.MaxBy(truth => truth.IntersectionOverUnion(box));
        return free.Count > 0 && best.IntersectionOverUnion(box) >= iou && free.Remove(best);
    }

    private static IOrderedEnumerable<int> SurestFirst(Detections detections)
    {
        var confidences = detections.Confidences.ToArray();
        return Enumerable.Range(0, confidences.Length).OrderByDescending(i => confidences[i]);
    }
}
