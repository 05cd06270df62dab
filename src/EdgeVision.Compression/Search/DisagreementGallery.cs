using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>The pictures on which the small network does worst against the float one, with the answers of both drawn in.</summary>
internal sealed class DisagreementGallery(SearchFindings findings)
{
    private const int Most = 6;
    private const int AnswersShown = 6;
    private const int MaxWidth = 560;
    private const int Quality = 82;

    private readonly VisionResult _result = new();

    public IReadOnlyList<DisagreementReport> Collect(TriedVariant variant)
    {
        var worst = Worst(variant);
        if (worst.Length == 0)
        {
            return [];
        }

        var before = Draw(findings.Subject.Onnx, FloatSubject.Variant, worst);
        var after = Draw(variant.Onnx, variant.Kind, worst);
        return [.. worst.Select((each, i) => new DisagreementReport(each.Name, each.Difference, before[i].Answers, after[i].Answers) { BeforeJpeg = before[i].Jpeg, AfterJpeg = after[i].Jpeg })];
    }

    private (string Name, string Difference)[] Worst(TriedVariant variant)
    {
        var after = variant.Evaluation.Items.ToDictionary(item => item.Name, StringComparer.Ordinal);
        return [.. findings.Before.Items.Where(item => after.ContainsKey(item.Name))
            .Select(item => (Before: item, After: after[item.Name]))
            .Where(pair => pair.Before.Answered != pair.After.Answered || Math.Abs(pair.Before.Score - pair.After.Score) > 0.01)
            .OrderByDescending(pair => pair.Before.Score - pair.After.Score)
            .ThenBy(pair => pair.Before.Name, StringComparer.Ordinal)
            .Take(Most)
            .Select(pair => (pair.Before.Name, Describe(pair.Before, pair.After)))];
    }

    private static string Describe(ItemOutcome before, ItemOutcome after) => (before.IsRight, after.IsRight, before.Boxes) switch
    {
        (_, _, not null) => FormattableString.Invariant($"{before.Expected}; precision {before.Score:0.00} → {after.Score:0.00}"),
        (true, false, _) => $"right before, wrong now; true is {before.Expected}",
        (false, true, _) => $"wrong before, right now; true is {before.Expected}",
        _ => before.Expected.Length == 0 ? "another answer" : $"both wrong; true is {before.Expected}",
    };

    private (byte[] Jpeg, List<string> Answers)[] Draw(byte[] onnx, string kind, (string Name, string Difference)[] pictures)
    {
        var items = findings.Bench.Dataset.Items.ToDictionary(item => item.Name, StringComparer.Ordinal);
        using var draft = findings.Bench.Package(onnx, kind, out var package);
        using var model = VisionModel.Load(package, new InferenceOptions { Providers = ["cpu"] });
        return [.. pictures.Select(picture => Draw(model, items[picture.Name]))];
    }

    private (byte[] Jpeg, List<string> Answers) Draw(VisionModel model, DatasetItem item)
    {
        using var frame = item.Open();
        model.Infer(frame, _result);
        return (Annotator.DrawJpeg(frame, _result.Detections, model.Labels, Quality, MaxWidth).Jpeg, Answers(model.Labels));
    }

    private List<string> Answers(IReadOnlyList<string> labels)
    {
        var answers = new List<string>(_result.Classes.Take(3).Select(answer => Line(labels, answer.ClassId, answer.Confidence)));
        for (var i = 0; i < Math.Min(_result.Detections.Count, AnswersShown); i++)
        {
            answers.Add(Line(labels, _result.Detections.ClassIds[i], _result.Detections.Confidences[i]));
        }

        if (_result.Detections.Count > AnswersShown)
        {
            answers.Add($"and {_result.Detections.Count - AnswersShown} more");
        }

        return answers;
    }

    private static string Line(IReadOnlyList<string> labels, int classId, float confidence) =>
        FormattableString.Invariant($"{(classId < labels.Count ? labels[classId] : classId)} {confidence:0.00}");
}
