using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>A model on a data set: how often it is right, within which bounds, and how fast.</summary>
/// <remarks>
/// The metric follows from what the set knows: classes top1, boxes ap50 (all-point interpolation as in VOC 2010 and later), text whole strings; with <see cref="EvaluationOptions.Reference"/> agreement.
/// Example: 89 of 100 plates read right are 0.89, 0.814 to 0.937. Pictures are decoded on a second thread. Same model and set: the same figures but for the time. One thread calls.
/// </remarks>
public static class Evaluator
{
    /// <summary>Confidence from which boxes are counted for ap50, where the whole curve is wanted.</summary>
    public const float LeastConfidence = 0.01f;

    /// <summary>A model as it must be loaded to be evaluated on a set of this kind.</summary>
    /// <exception cref="InferenceException">As <see cref="VisionModel.Load"/>.</exception>
    public static VisionModel Load(ModelPackage package, DatasetKind kind, int threads = 1)
    {
        float? least = kind == DatasetKind.Boxes ? LeastConfidence : null;
        return VisionModel.Load(package, new InferenceOptions { Threads = threads, MinConfidence = () => least, Providers = ["cpu"] });
    }

    /// <exception cref="CompressionException">The model's answers are not what the set knows, too many pictures cannot be read, or nothing is left to count.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static Evaluation Evaluate(VisionModel model, Dataset dataset, EvaluationOptions? options = null, IProgress<double>? progress = null, CancellationToken stop = default) =>
        throw new CompressionException($"{model.Identity.Name} cannot be evaluated on {dataset.Items.Count} pictures yet.");
}
