using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>One frame's answers held against the expected ones.</summary>
/// <param name="Matched">Answers that are there on both sides.</param>
/// <param name="Missing">Expected, but not there.</param>
/// <param name="Extra">There, but not expected.</param>
/// <param name="IoU">Sum over the matched.</param>
/// <param name="WorstIoU">1 without any.</param>
/// <param name="ScoreDelta">Sum over the matched.</param>
internal readonly record struct AnswerMatch(int Matched, int Missing, int Extra, double IoU, double WorstIoU, double ScoreDelta, double WorstScoreDelta)
{
    private const float SameObject = 0.5f;

    /// <summary>The first class, and its score on both sides. A class that is not among the answers has at most the score of the last that is.</summary>
    /// <remarks>Example: expected cat 0.8; answered dog 0.5, cat 0.4: missing 1, extra 1, score off by 0.4.</remarks>
    public static AnswerMatch OfClasses(IReadOnlyList<GoldenAnswer> expected, IReadOnlyList<ClassScore> actual)
    {
        if (actual.Count == 0)
        {
            return new AnswerMatch(0, 1, 0, 0, 1, expected[0].Confidence, expected[0].Confidence);
        }

        var score = actual.FirstOrDefault(answer => answer.ClassId == expected[0].ClassId, actual[^1]).Confidence;
        var delta = Math.Abs((double)score - expected[0].Confidence);
        var isSame = actual[0].ClassId == expected[0].ClassId;
        return new AnswerMatch(isSame ? 1 : 0, isSame ? 0 : 1, isSame ? 0 : 1, 0, 1, delta, delta);
    }

    /// <summary>Boxes of one class that overlap by half are one object; each is matched once, the surest expected first, to the one that overlaps most.</summary>
    /// <param name="certain">A box of one side alone counts only when it is at least so sure: nearer to the reporting limit, it may be on either side of it.</param>
    public static AnswerMatch OfBoxes(IReadOnlyList<GoldenAnswer> expected, Detections actual, double certain)
    {
        var match = new AnswerMatch(0, 0, 0, 0, 1, 0, 0);
        var isTaken = new bool[actual.Count];
        foreach (var answer in expected.OrderByDescending(answer => answer.Confidence))
        {
            match = Nearest(answer, actual, isTaken) is >= 0 and var i
                ? match.With(actual.Boxes[i].IntersectionOverUnion(BoxOf(answer)), Math.Abs((double)actual.Confidences[i] - answer.Confidence))
                : match with { Missing = match.Missing + (answer.Confidence >= certain ? 1 : 0) };
        }

        return match with { Extra = Enumerable.Range(0, actual.Count).Count(i => !isTaken[i] && actual.Confidences[i] >= certain) };
    }

    private static int Nearest(GoldenAnswer answer, Detections actual, bool[] isTaken)
    {
        var (best, overlap) = (-1, SameObject);
        for (var i = 0; i < actual.Count; i++)
        {
            var iou = isTaken[i] || actual.ClassIds[i] != answer.ClassId ? 0 : actual.Boxes[i].IntersectionOverUnion(BoxOf(answer));
            (best, overlap) = iou >= overlap ? (i, iou) : (best, overlap);
        }

        if (best >= 0)
        {
            isTaken[best] = true;
        }

        return best;
    }

    private static BoundingBox BoxOf(GoldenAnswer answer) => new(answer.X1, answer.Y1, answer.X2, answer.Y2);

    private AnswerMatch With(double iou, double delta) => this with
    {
        Matched = Matched + 1,
        IoU = IoU + iou,
        WorstIoU = Math.Min(WorstIoU, iou),
        ScoreDelta = ScoreDelta + delta,
        WorstScoreDelta = Math.Max(WorstScoreDelta, delta),
    };
}
