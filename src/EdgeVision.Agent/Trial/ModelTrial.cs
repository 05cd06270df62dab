using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>How a new model proves itself on this device: exam in a process of its own, shadow run, activation between two frames, probation.</summary>
/// <remarks>
/// The model that was the shadow is the one that goes in service, and the one that was in service looks on through probation, ready to come back: each is loaded once.
/// After a restart in between, what is missing is loaded again, and what cannot be known any more is not judged. One question at a time.
/// </remarks>
internal sealed partial class ModelTrial : IModelTrial, IDisposable
{
    private readonly ModelShelf _shelf;
    private readonly Activation _activation;
    private readonly DeviceExam _exam;
    private readonly ShadowTrial _shadow;
    private readonly ProbationTrial _probation;
    private readonly TrialOptions _options;
    private readonly ILogger<ModelTrial> _logger;

    /// <param name="serving">What <paramref name="active"/> was loaded from.</param>
    public ModelTrial(
        ActiveModel active, ModelPackage serving, ServiceObserver observer, ProbationSenses senses, TrialOptions options, InferenceOptions inference, TimeProvider time, ILogger<ModelTrial> logger)
    {
        (_options, _logger) = (options, logger);
        var loader = new ModelLoader(inference, options.AvailableMiB);
        _shelf = new ModelShelf(loader);
        _activation = new Activation(active, serving, _shelf, loader, time);
        _exam = new DeviceExam(options, inference, time);
        _shadow = new ShadowTrial(observer, options, inference.Threads, time);
        _probation = new ProbationTrial(observer, senses, options, inference.Threads, time);
    }

    public async Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        _shelf.Dispose();
        return Say("exam", package, await _exam.RunAsync(package, _activation.Serving, cancellationToken).ConfigureAwait(false));
    }

    public async Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        if (ShadowLimits.Of(package.Manifest.Gates, _options).Frames == 0)
        {
            return Say("shadow", package, TrialVerdict.Pass with { Evidence = new JsonObject { ["gate"] = "shadow", ["skipped"] = "none is asked for" } });
        }

        if (await _shelf.PrepareAsync(package, _exam.MemoryMiB, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Say("shadow", package, refusal.Code == UpdateCode.Memory ? TrialVerdict.Hold(UpdateCode.Memory, $"shadow: {refusal.Reason}") : refusal);
        }

        var candidate = _shelf.TakeCandidate()!;
        var verdict = await _shadow.RunAsync(candidate.Model, package.Manifest.Gates, () => _shelf.PutCandidate(candidate), cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome == TrialOutcome.Fail)
        {
            _shelf.Dispose();
        }

        return Say("shadow", package, verdict);
    }

    public async Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken cancellationToken) =>
        Say("activation", package, await _activation.RunAsync(package, _exam.MemoryMiB, cancellationToken).ConfigureAwait(false));

    public async Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var before = _shelf.TakeBefore();
        var reference = before is null ? null : AnswerReference.Of(_shadow.Tally);
        var verdict = await _probation.RunAsync(package.Manifest.Gates, before?.Model, reference, () => _shelf.PutBefore(before!), cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome == TrialOutcome.Pass)
        {
            _shelf.Dispose();
        }

        return Say("probation", package, verdict);
    }

    public async Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken cancellationToken)
    {
        if (!_activation.Serves(previous) && _shelf.TakeBefore() is { } before)
        {
            _shelf.PutCandidate(before); // another package's is not used
        }

        var verdict = await _activation.RunAsync(previous, 0, cancellationToken).ConfigureAwait(false);
        _shelf.Dispose();
        return Say("rollback", previous, verdict);
    }

    public void Dispose() => _shelf.Dispose();

    private TrialVerdict Say(string gate, ModelPackage package, TrialVerdict verdict)
    {
        Log.Verdict(_logger, gate, package.Manifest.Model, package.Manifest.Version, verdict.Outcome, verdict.Reason, verdict.Evidence.ToJsonString());
        return verdict;
    }

    private static partial class Log
    {
        [LoggerMessage(7200, LogLevel.Information, "{Gate} of {Model} {Version}: {Outcome}. {Reason} {Evidence}")]
        public static partial void Verdict(ILogger logger, string gate, string model, string version, TrialOutcome outcome, string reason, string evidence);
    }
}
