using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>What a model said of a picture, held against what is true of it, or against what another model said.</summary>
internal interface IPictureScorer
{
    /// <summary>As in <see cref="Evaluation.Metric"/>.</summary>
    string Metric { get; }

    ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result);

    /// <summary>Figures beside the metric, of all pictures so far.</summary>
    IReadOnlyDictionary<string, double> Further { get; }
}
