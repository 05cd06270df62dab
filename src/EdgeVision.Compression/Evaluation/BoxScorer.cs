using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Boxes against true ones, for average precision.</summary>
/// <remarks>Boxes of classes that the set has no object of are passed over; the others are told apart by <see cref="BoxMatching"/>.</remarks>
internal sealed class BoxScorer : IPictureScorer
{
    private const float Reported = 0.25f;

    private readonly DatasetClasses _classes;
    private readonly BoxMatching _matching;

    public BoxScorer(Dataset dataset, float iou)
    {
        _classes = dataset.Classes;
        HashSet<int> known = [.. dataset.Items.SelectMany(item => item.Truth.Boxes).Where(truth => !truth.IsIgnored).Select(truth => truth.ClassId)];
        _matching = new BoxMatching(iou, classId => _classes.OfModel(classId) is var own && known.Contains(own) ? own : null);
    }

    public string Metric => "ap50";

    public IReadOnlyDictionary<string, double> Further { get; } = new Dictionary<string, double>();

    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        var outcome = _matching.Match(item.Truth.BoxesIn(frame.Width, frame.Height), result.Detections);
        return new ItemOutcome(item.Name, ScoreOf(outcome), Words(outcome.Truths), Words(outcome.Found.Where(box => box.Confidence >= Reported).Select(box => box.ClassId))) { Boxes = outcome };
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
