using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Watches a model in service until it may be kept, or must go.</summary>
/// <remarks>
/// A vision loop that hangs cannot be ended, because its thread is in native code: the process ends instead, its supervisor starts it again, and the updater counts
/// the unclean start of a model on probation. Seen at four looks in a row, so that a machine that stood still as a whole is not taken for it.
/// </remarks>
internal sealed class ProbationTrial(ServiceObserver observer, ProbationSenses senses, TrialOptions options, int threads, TimeProvider time)
{
    private const int LooksInARow = 4;

    /// <param name="before">The model before, which looks on meanwhile; null = it is not loaded any more.</param>
    /// <param name="reference">What the two said in the shadow run; null = there was none.</param>
    /// <param name="back">Told when it is over, however it ends, and the model before is the caller's again; not when that one hangs.</param>
    public async Task<TrialVerdict> RunAsync(ManifestGates gates, VisionModel? before, AnswerReference? reference, Action back, CancellationToken cancellationToken)
    {
        var limits = ProbationLimits.Of(gates, options);
        var witness = before is null ? null : new ShadowRun(before, options, threads, time);
        observer.Shadow = witness;
        observer.IsStrict = true;
        try
        {
            return await WatchAsync(new ProbationWatch(observer, senses, limits, options, time, witness, reference), limits, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            observer.IsStrict = false;
            observer.Shadow = null;
            if (witness?.Release() == true)
            {
                back();
            }
        }
    }

    private async Task<TrialVerdict> WatchAsync(ProbationWatch watch, ProbationLimits limits, CancellationToken cancellationToken)
    {
        for (var stuck = 0; stuck < LooksInARow;)
        {
            await Task.Delay(options.Look, time, cancellationToken).ConfigureAwait(false);
            stuck = senses.HeartbeatAge() > options.LongestFrame ? stuck + 1 : 0;
            var facts = watch.Look();
            if (ProbationTriggers.Find(facts, limits) is { } verdict)
            {
                return verdict with { Evidence = Evidence(facts, limits) };
            }

            if (IsOver(facts, limits))
            {
                return TrialVerdict.Pass with { Evidence = Evidence(facts, limits) };
            }
        }

        var reason = FormattableString.Invariant($"probation: the vision loop has not come round for more than {options.LongestFrame.TotalSeconds:0.#} s: it hangs in the new model");
        await senses.Stuck(reason).ConfigureAwait(false);
        return TrialVerdict.Fail(UpdateCode.Watchdog, reason);
    }

    private static bool IsOver(ProbationFacts facts, ProbationLimits limits) =>
        facts.Watched >= limits.Time && facts.Vitals.Frames >= limits.Frames && facts.IsAcknowledged;

    private static JsonObject Evidence(ProbationFacts facts, ProbationLimits limits) => new()
    {
        ["gate"] = "probation", ["minutes"] = Math.Round(facts.Watched.TotalMinutes, 2), ["frames"] = facts.Vitals.Frames, ["failed"] = facts.Vitals.Failed, ["unsound"] = facts.Vitals.Unsound,
        ["answers"] = facts.Vitals.Answers, ["silenceSeconds"] = Math.Round(facts.Vitals.Silence.TotalSeconds, 1), ["p99"] = facts.LatencyMsP99, ["dropShare"] = Math.Round(facts.DropShare, 3),
        ["memoryGrowthMiB"] = Math.Round(facts.MemoryGrowthMiB, 1), ["drift"] = facts.Drift, ["acknowledged"] = facts.IsAcknowledged,
        ["limits"] = new JsonObject { ["minutes"] = Math.Round(limits.Time.TotalMinutes, 2), ["frames"] = limits.Frames, ["p99"] = limits.LatencyMsP99, ["memoryGrowthMiB"] = limits.MemoryGrowthMiB },
    };
}
