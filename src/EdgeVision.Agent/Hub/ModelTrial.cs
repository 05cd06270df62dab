using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>How a new model is tried on this device and put in service: loaded beside the old one, shown a picture, swapped between two frames.</summary>
/// <remarks>Loading happens on a thread of its own. Owns the tried model until it is in service. One update at a time.</remarks>
internal sealed class ModelTrial(ActiveModel active, InferenceOptions options) : IModelTrial, IDisposable
{
    private static readonly TimeSpan FirstFrame = TimeSpan.FromSeconds(10);
    private VisionModel? _tried;

    public async Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        Dispose();
        try
        {
            _tried = await Task.Factory.StartNew(() => Load(package), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return TrialVerdict.Pass;
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return TrialVerdict.Fail(UpdateCode.Load, exception.Message);
        }
    }

    public Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken cancellationToken) => Task.FromResult(TrialVerdict.Pass);

    public async Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        if (_tried?.Identity.Digest != package.Digest && await ExamineAsync(package, cancellationToken).ConfigureAwait(false) is { Outcome: not TrialOutcome.Pass } verdict)
        {
            return verdict;
        }

        var model = _tried!;
        _tried = null;
        var reason = await active.ReplaceAsync(model, FirstFrame, cancellationToken).ConfigureAwait(false);
        return reason is null ? TrialVerdict.Pass : TrialVerdict.Fail(UpdateCode.Load, $"failed at its first frame: {reason.Message}");
    }

    public Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken cancellationToken) => Task.FromResult(TrialVerdict.Pass);

    public Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken cancellationToken) =>
        active.Identity.Digest == previous.Digest ? Task.FromResult(TrialVerdict.Pass) : ActivateAsync(previous, cancellationToken);

    public void Dispose()
    {
        _tried?.Dispose();
        _tried = null;
    }

    /// <summary>Two looks at a grey picture: a network that cannot run says so here, and the first real frame finds everything warm.</summary>
    private VisionModel Load(ModelPackage package)
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
