using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Trainer.Measurement;

/// <summary>A packaged model on pictures with truth, by the device's own runtime: the figures, and each picture with its answer.</summary>
/// <param name="Classes">What class ids mean.</param>
internal sealed record Judgement(Evaluation Evaluation, DatasetKind Kind, IReadOnlyList<string> Classes, IReadOnlyList<JudgedPicture> Pictures)
{
    private const float Reported = 0.25f;

    /// <exception cref="TrainerException">A picture is gone or was changed.</exception>
    /// <exception cref="CompressionException">Its answers are not what the set knows, or no numbers; or pictures that cannot be read.</exception>
    public static Judgement Of(ModelPackage package, Dataset dataset, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var pictures = new List<JudgedPicture>();
        using var model = Evaluator.Load(package, dataset.Kind);
        var options = new EvaluationOptions { Watch = (item, frame, result, outcome) => pictures.Add(Seen(dataset, item, frame, result, outcome)) };
        return new Judgement(Evaluator.Evaluate(model, dataset, options, progress, stop), dataset.Kind, dataset.Classes.Names, pictures);
    }

    private static JudgedPicture Seen(Dataset dataset, DatasetItem item, Frame frame, VisionResult result, ItemOutcome outcome)
    {
        var seen = new JudgedPicture(item, outcome, frame.Width, frame.Height, BrightnessOf(frame.Pixels));
        return dataset.Kind == DatasetKind.Classes ? seen with { Shares = SharesOf(result.Classes, dataset.Classes) } : seen with { Boxes = Kept(result.Detections) };
    }

    private static float[] SharesOf(List<ClassScore> scores, DatasetClasses classes)
    {
        var shares = new float[classes.Names.Count];
        foreach (var (id, score) in scores.Select(score => (classes.OfModel(score.ClassId), score)).Where(each => each.Item1 >= 0))
        {
            shares[id] += score.Confidence;
        }

        return shares;
    }

    private static Detections Kept(Detections found)
    {
        var kept = new Detections(Math.Max(1, found.Count));
        for (var i = 0; i < found.Count; i++)
        {
            if (found.Confidences[i] >= Reported)
            {
                kept.Add(found.Boxes[i], found.Confidences[i], found.ClassIds[i]);
            }
        }

        return kept;
    }

    private static double BrightnessOf(ReadOnlySpan<byte> pixels)
    {
        var sum = 0L;
        foreach (var pixel in pixels)
        {
            sum += pixel;
        }

        return (double)sum / pixels.Length;
    }
}
