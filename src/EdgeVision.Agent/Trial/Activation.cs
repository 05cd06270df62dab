using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Puts a package's model in service between two frames: beside the old one where there is memory for two, after it where there is not.</summary>
/// <remarks>One at a time.</remarks>
internal sealed class Activation(ActiveModel active, ModelPackage serving, ModelShelf shelf, ModelLoader loader, TimeProvider time)
{
    private static readonly TimeSpan FirstFrame = TimeSpan.FromSeconds(10);
    private ModelPackage _serving = serving;

    /// <summary>What is in service.</summary>
    public ModelPackage Serving => _serving;

    public bool Serves(ModelPackage package) => ModelKey.Of(package) == ModelKey.Of(_serving);

    /// <param name="measuredMiB">What the exam found it takes.</param>
    public async Task<TrialVerdict> RunAsync(ModelPackage package, double measuredMiB, CancellationToken cancellationToken)
    {
        if (Serves(package))
        {
            return TrialVerdict.Pass;
        }

        return await shelf.PrepareAsync(package, measuredMiB, cancellationToken).ConfigureAwait(false) switch
        {
            null => await ReplaceAsync(package, cancellationToken).ConfigureAwait(false),
            { Code: UpdateCode.Memory } => await ExchangeAsync(package, cancellationToken).ConfigureAwait(false),
            { } refusal => refusal,
        };
    }

    private async Task<TrialVerdict> ReplaceAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var (candidate, old) = (shelf.TakeCandidate()!, ModelKey.Of(_serving));
        var reason = await active.ReplaceAsync(candidate.Model, FirstFrame, cancellationToken, retired => shelf.PutBefore(new LoadedModel(old, retired))).ConfigureAwait(false);
        return Served(package, reason, twoModels: true, TimeSpan.Zero);
    }

    /// <summary>The old one goes first, and frames are missed until the new one is there.</summary>
    private async Task<TrialVerdict> ExchangeAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        shelf.Dispose();
        var (old, gap) = (_serving, TimeSpan.Zero);
        var reason = await active.ExchangeAsync(Load, () => loader.Load(old), cancellationToken).ConfigureAwait(false);
        return Served(package, reason, twoModels: false, gap);

        Inference.VisionModel Load()
        {
            var started = time.GetTimestamp();
            var model = loader.Load(package);
            gap = time.GetElapsedTime(started);
            return model;
        }
    }

    private TrialVerdict Served(ModelPackage package, Exception? reason, bool twoModels, TimeSpan gap)
    {
        if (reason is not null)
        {
            return TrialVerdict.Fail(UpdateCode.Load, $"activation: it failed {(twoModels ? "at its first frame" : "to load")}: {reason.Message}");
        }

        _serving = package;
        return TrialVerdict.Pass with { Evidence = new JsonObject { ["gate"] = "activation", ["twoModels"] = twoModels, ["gapMs"] = Math.Round(gap.TotalMilliseconds, 1) } };
    }
}
