using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A golden set from a model and pictures: the answers the model gives here are what a device will be asked for.</summary>
/// <remarks>Run it where the model is released, on the variant that others are measured by. Same model, pictures and processor: same bytes.</remarks>
public static class GoldenSetBuilder
{
    /// <param name="model">Loaded from <paramref name="package"/> without a confidence limit of the user's own.</param>
    /// <param name="package">Says what kind of answers the model gives.</param>
    /// <param name="pictures">Names as <see cref="GoldenFrame"/> takes them, and PNG or JPEG files.</param>
    /// <exception cref="InferenceException">The model answers nothing, or with what is not a number.</exception>
    /// <exception cref="ImageException">A picture cannot be read.</exception>
    public static GoldenSet Build(VisionModel model, ModelPackage package, IEnumerable<(string Name, ReadOnlyMemory<byte> Picture)> pictures)
    {
        var kind = GoldenKinds.Of(package.Manifest)
            ?? throw new InferenceException(
                $"{package.Manifest.Model} answers with neither boxes nor classes (decoder {package.Manifest.Decode.Decoder}), and golden sets hold nothing else: release it without one.");
        var result = new VisionResult();
        return new GoldenSet(kind, [.. pictures.Select(picture => Look(model, new GoldenFrame(picture.Name, picture.Picture, []), result))]);
    }

    private static GoldenFrame Look(VisionModel model, GoldenFrame golden, VisionResult result)
    {
        using var frame = GoldenPictures.Decode(golden);
        model.Infer(frame, result);
        return model.OutputsAreFinite()
            ? golden with { Answers = [.. result.Classes.Select(Answer), .. Boxes(result.Detections)] }
            : throw new InferenceException($"{model.Identity.Name} gives NaN or an infinity for {golden.Name}: such a model cannot be released.");
    }

    private static GoldenAnswer Answer(ClassScore score) => new(score.ClassId, Clamp(score.Confidence));

    private static IEnumerable<GoldenAnswer> Boxes(Detections detections)
    {
        for (var i = 0; i < Math.Min(detections.Count, GoldenSet.MaxAnswers); i++)
        {
            var box = detections.Boxes[i];
            yield return new GoldenAnswer(detections.ClassIds[i], Clamp(detections.Confidences[i]), box.X1, box.Y1, box.X2, box.Y2);
        }
    }

    // float16 rounds a probability of one to a little more.
    private static float Clamp(float confidence) => Math.Clamp(confidence, 0, 1);
}
