using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>How a new model proves itself on this device: exam in a process of its own, shadow run, activation between two frames, probation.</summary>
/// <remarks>
/// The model that was the shadow is the one that goes in service, and the one that was in service looks on through probation, ready to come back: each is loaded once.
/// After a restart in between, what is missing is loaded again and what cannot be known any more is not judged. One question at a time. Owns what is loaded and not in service.
/// </remarks>
internal sealed partial class ModelTrial : IModelTrial, IDisposable
{
    private static readonly TimeSpan FirstFrame = TimeSpan.FromSeconds(10);
    private readonly ActiveModel _active;
    private readonly ModelLoader _loader;
    private readonly DeviceExam _exam;
    private readonly ShadowTrial _shadow;
    private readonly ProbationTrial _probation;
    private readonly TrialOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelTrial> _logger;
    private ModelPackage _serving;
    private LoadedModel? _candidate, _before;
    private double _measuredMiB;

    /// <param name="serving">What <paramref name="active"/> was loaded from.</param>
    public ModelTrial(
        ActiveModel active, ModelPackage serving, ServiceObserver observer, ProbationSenses senses, TrialOptions options, InferenceOptions inference, TimeProvider time, ILogger<ModelTrial> logger)
    {
        (_active, _serving, _options, _time, _logger) = (active, serving, options, time, logger);
        _loader = new ModelLoader(inference, () => AvailableMemory.MiB);
        _exam = new DeviceExam(options, inference, time);
        _shadow = new ShadowTrial(observer, options, inference.Threads, time);
        _probation = new ProbationTrial(observer, senses, options, inference.Threads, time);
    }

    public async Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        Forget();
        var (verdict, measured) = await _exam.RunAsync(package, cancellationToken).ConfigureAwait(false);
        _measuredMiB = measured;
        return Say("exam", package, verdict);
    }

    public async Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        if (ShadowLimits.Of(package.Manifest.Gates, _options).Frames == 0)
        {
            return Say("shadow", package, TrialVerdict.Pass with { Evidence = new JsonObject { ["gate"] = "shadow", ["skipped"] = "none is asked for" } });
        }

        if (await TakeAsync(package, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return Say("shadow", package, refusal.Code == UpdateCode.Memory ? TrialVerdict.Hold(UpdateCode.Memory, $"shadow: {refusal.Reason}") : refusal);
        }

        var candidate = Interlocked.Exchange(ref _candidate, null)!;
        var verdict = await _shadow.RunAsync(candidate.Model, package.Manifest.Gates, back => _candidate = back is null ? null : candidate, cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome == TrialOutcome.Fail)
        {
            Forget();
        }

        return Say("shadow", package, verdict);
    }

    public async Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        if (ModelKey.Of(package) == ModelKey.Of(_serving))
        {
            return TrialVerdict.Pass;
        }

        var refusal = await TakeAsync(package, cancellationToken).ConfigureAwait(false);
        var verdict = refusal switch
        {
            null => await ReplaceAsync(package, cancellationToken).ConfigureAwait(false),
            { Code: UpdateCode.Memory } => await ExchangeAsync(package, cancellationToken).ConfigureAwait(false),
            _ => refusal,
        };
        return Say("activation", package, verdict);
    }

    public async Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var before = Interlocked.Exchange(ref _before, null);
        var reference = before is null ? null : AnswerReference.Of(_shadow.Tally);
        var verdict = await _probation.RunAsync(package.Manifest.Gates, before?.Model, reference, back => _before = back is null ? null : before, cancellationToken).ConfigureAwait(false);
        if (verdict.Outcome == TrialOutcome.Pass)
        {
            Forget();
        }

        return Say("probation", package, verdict);
    }

    public async Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken cancellationToken)
    {
        if (ModelKey.Of(previous) == ModelKey.Of(_serving))
        {
            Forget();
            return TrialVerdict.Pass;
        }

        if (_before is { } before && before.Key == ModelKey.Of(previous))
        {
            Dispose(Interlocked.Exchange(ref _candidate, before));
            _before = null;
        }

        var verdict = await ActivateAsync(previous, cancellationToken).ConfigureAwait(false);
        Forget();
        return verdict;
    }

    public void Dispose() => Forget();

    /// <summary>Makes the package's model the loaded candidate.</summary>
    /// <returns>Null when it is; otherwise why it cannot be, with code Memory when there is no room for two.</returns>
    private async Task<TrialVerdict?> TakeAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var key = ModelKey.Of(package);
        if (_candidate?.Key == key)
        {
            return null;
        }

        Dispose(Interlocked.Exchange(ref _candidate, null));
        if (_loader.Refuse(package, _measuredMiB) is { } reason)
        {
            return TrialVerdict.Fail(UpdateCode.Memory, reason);
        }

        try
        {
            _candidate = new LoadedModel(key, await _loader.LoadAsync(package, cancellationToken).ConfigureAwait(false));
            return null;
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return TrialVerdict.Fail(UpdateCode.Load, exception.Message);
        }
    }

    private async Task<TrialVerdict> ReplaceAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var (candidate, before) = (Interlocked.Exchange(ref _candidate, null)!, ModelKey.Of(_serving));
        var reason = await _active.ReplaceAsync(candidate.Model, FirstFrame, cancellationToken, retired => Keep(new LoadedModel(before, retired))).ConfigureAwait(false);
        return Served(package, reason, twoModels: true, TimeSpan.Zero);
    }

    /// <summary>Without memory for two: the old one goes first, and frames are missed until the new one is there.</summary>
    private async Task<TrialVerdict> ExchangeAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        Forget();
        var (old, started, gap) = (_serving, 0L, TimeSpan.Zero);
        var reason = await _active.ExchangeAsync(Load, () => _loader.Load(old), cancellationToken).ConfigureAwait(false);
        return Served(package, reason, twoModels: false, gap);

        VisionModel Load()
        {
            started = _time.GetTimestamp();
            var model = _loader.Load(package);
            gap = _time.GetElapsedTime(started);
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

    /// <summary>On the loop's thread.</summary>
    private void Keep(LoadedModel retired) => Dispose(Interlocked.Exchange(ref _before, retired));

    private void Forget()
    {
        Dispose(Interlocked.Exchange(ref _candidate, null));
        Dispose(Interlocked.Exchange(ref _before, null));
    }

    private static void Dispose(LoadedModel? model) => model?.Model.Dispose();

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
