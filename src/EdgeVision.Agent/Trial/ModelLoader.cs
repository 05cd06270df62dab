using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>Loads models beside the one in service, where there is memory for two.</summary>
internal sealed class ModelLoader(InferenceOptions options, Func<double?> availableMiB)
{
    /// <summary>What the daemon itself may need meanwhile.</summary>
    private const double SpareMiB = 32;

    /// <param name="measuredMiB">What the exam found it takes; used where the manifest does not say.</param>
    /// <returns>Null = it fits; otherwise why not, in words.</returns>
    public string? Refuse(ModelPackage package, double measuredMiB)
    {
        var needed = (package.Manifest.Requires.RamMiB ?? measuredMiB) + SpareMiB;
        return availableMiB() is { } available && available < needed ? FormattableString.Invariant($"two models do not fit: {needed:0} MiB are needed beside the one in service, {available:0} MiB are free") : null;
    }

    /// <summary>On a thread of its own, because it takes long.</summary>
    /// <exception cref="InferenceException">It cannot run here.</exception>
    /// <exception cref="PackageException">A file has changed.</exception>
    public Task<VisionModel> LoadAsync(ModelPackage package, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Load(package), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>And two looks at a grey picture: a network that cannot run says so here, and the first real frame finds everything warm.</summary>
    public VisionModel Load(ModelPackage package)
    {
        var model = VisionModel.Load(package, options);
        try
        {
            using var frame = new FramePool("trial", new ImageLayout(PixelFormat.Nv12, 640, 352), capacity: 1).TryRent()!;
            frame.Pixels.Fill(128);
            var result = new VisionResult();
            model.Infer(frame, result);
            model.Infer(frame, result);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
