using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Boxes against true ones, for average precision.</summary>
/// <remarks>
/// In each picture the surest box takes the free object of its class that it overlaps most, if by at least the IoU; an object is taken once, what takes none is a false alarm. A box that takes none and
/// lies by half or more in an ignored object does not count. Boxes of classes that the set has no object of are passed over.
/// </remarks>
internal sealed class BoxScorer : IPictureScorer
{
    private const float InsideIgnored = 0.5f;
    private const float Reported = 0.25f;

    private readonly DatasetClasses _classes;
    private readonly float _iou;
    private readonly HashSet<int> _known;

    public BoxScorer(Dataset dataset, float iou)
    {
        (_classes, _iou) = (dataset.Classes, iou);
        _known = [.. dataset.Items.SelectMany(item => item.Truth.Boxes).Where(truth => !truth.IsIgnored).Select(truth => truth.ClassId)];
    }

    public string Metric => "ap50";

    public IReadOnlyDictionary<string, double> Further { get; } = new Dictionary<string, double>();

    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        var truths = item.Truth.BoxesIn(frame.Width, frame.Height);
        var counted = truths.Where(truth => !truth.IsIgnored).ToArray();
        var outcome = new BoxOutcome([.. counted.Select(truth => truth.ClassId)], Match([.. counted], [.. truths.Where(truth => truth.IsIgnored)], result.Detections));
        return new ItemOutcome(item.Name, ScoreOf(outcome), Words(outcome.Truths), Words(outcome.Found.Where(box => box.Confidence >= Reported).Select(box => box.ClassId))) { Boxes = outcome };
    }

    private List<FoundBox> Match(List<TrueBox> free, List<TrueBox> ignored, Detections detections)
    {
        var found = new List<FoundBox>();
        foreach (var i in Enumerable.Range(0, detections.Count).OrderByDescending(Confidences(detections)))
        {
            var (box, classId) = (detections.Boxes[i], _classes.OfModel(detections.ClassIds[i]));
            if (!_known.Contains(classId))
            {
                continue;
            }

            var isHit = TakeBest(free, box, classId);
            if (isHit || !ignored.Exists(truth => truth.ClassId == classId && ShareInside(box, truth.Box) >= InsideIgnored))
            {
                found.Add(new FoundBox(classId, detections.Confidences[i], isHit));
            }
        }

        return found;
    }

    private static Func<int, float> Confidences(Detections detections)
    {
        var confidences = detections.Confidences.ToArray();
        return i => confidences[i];
    }

    private bool TakeBest(List<TrueBox> free, BoundingBox box, int classId)
    {
        var (best, overlap) = (-1, _iou);
        for (var i = 0; i < free.Count; i++)
        {
            var iou = free[i].ClassId == classId ? free[i].Box.IntersectionOverUnion(box) : -1;
            (best, overlap) = iou >= overlap ? (i, iou) : (best, overlap);
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

    /// <summary>The picture's own AP50; where there is nothing to find, how little was found.</summary>
    private static double ScoreOf(BoxOutcome outcome) => outcome.Truths.Count > 0
        ? new PrecisionStatistic([outcome]).Value([1])
        : 1 - outcome.Found.Select(box => box.Confidence).DefaultIfEmpty(0).Max();

    private string Words(IEnumerable<int> classIds)
    {
        var words = classIds.GroupBy(id => id).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => $"{group.Count()} {_classes.Names[group.Key]}");
        return string.Join(", ", words) is { Length: > 0 } text ? text : "nothing";
    }
}
