using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>A model against what another one says of the same picture: first class, text, share of places of the same class, or F1 of boxes of the same class.</summary>
internal sealed class AgreementScorer(VisionModel model, VisionModel reference, EvaluationOptions options) : IPictureScorer
{
    private readonly VisionResult _theirs = new();
    private readonly DatasetClasses _names = new(reference.Labels);

    public string Metric => "agreement";

    public IReadOnlyDictionary<string, double> Further { get; } = new Dictionary<string, double>();

    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        reference.Infer(frame, _theirs);
        return model.Answers switch
        {
            AnswerKind.Classes => Same(item.Name, FirstOf(_theirs, reference), FirstOf(result, model)),
            AnswerKind.Text => Same(item.Name, _theirs.Text.Letters.ToString(), result.Text.Letters.ToString()),
            AnswerKind.Segments => Segments(item.Name, result.ClassMap),
            _ => Boxes(item.Name, result.Detections),
        };
    }

    private static ItemOutcome Same(string name, string theirs, string ours) => new(name, theirs == ours ? 1 : 0, theirs, ours);

    private static string FirstOf(VisionResult result, VisionModel model) => result.Classes.Count > 0 ? model.Labels[result.Classes[0].ClassId] : "nothing";

    private ItemOutcome Segments(string name, SegmentationMap ours)
    {
        var theirs = _theirs.ClassMap;
        if (ours.Width != theirs.Width || ours.Height != theirs.Height)
        {
            throw new CompressionException($"The models give maps of {ours.Width}x{ours.Height} and {theirs.Width}x{theirs.Height} places, which cannot be compared: export both with the same output size.");
        }

        var same = 0;
        for (var i = 0; i < ours.Cells.Length; i++)
        {
            same += TheirId(ours.Cells[i]) == theirs.Cells[i] ? 1 : 0;
        }

        return new ItemOutcome(name, (double)same / ours.Cells.Length, Words(theirs, reference), Words(ours, model));
    }

    private static string Words(SegmentationMap map, VisionModel model) =>
        string.Join(", ", Enumerable.Range(0, model.Labels.Count).Where(id => map.ShareOf(id) >= 0.005f).OrderByDescending(map.ShareOf).Select(id => $"{100 * map.ShareOf(id):0} % {model.Labels[id]}"));

    private ItemOutcome Boxes(string name, Detections ours)
    {
        var theirs = _theirs.Detections;
        var isTaken = new bool[theirs.Count];
        var both = 0;
        for (var i = 0; i < ours.Count; i++)
        {
            both += Take(isTaken, theirs, ours.Boxes[i], TheirId(ours.ClassIds[i])) ? 1 : 0;
        }

        var agreement = new BoxAgreement(both, ours.Count - both, theirs.Count - both);
        var score = AgreementStatistic.F1(agreement.Both, agreement.OnlyHere + agreement.OnlyThere);
        return new ItemOutcome(name, score, $"{theirs.Count} boxes", $"{ours.Count} boxes, {both} the same") { Agreement = agreement };
    }

    private bool Take(bool[] isTaken, Detections theirs, BoundingBox box, int classId)
    {
        var (best, overlap) = (-1, options.AgreementIou);
        for (var i = 0; i < isTaken.Length; i++)
        {
            var iou = isTaken[i] || theirs.ClassIds[i] != classId ? -1 : theirs.Boxes[i].IntersectionOverUnion(box);
            (best, overlap) = iou >= overlap ? (i, iou) : (best, overlap);
        }

        if (best >= 0)
        {
            isTaken[best] = true;
        }

        return best >= 0;
    }

    private int TheirId(int ourId) => _names.OfTruth(model.Labels[ourId]);
}
