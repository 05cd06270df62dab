using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>Lets a candidate look at live frames beside the model in service until the figures are enough for a verdict.</summary>
internal sealed class ShadowTrial(ServiceObserver observer, TrialOptions options, int threads, TimeProvider time)
{
    private readonly AgreementFigures _none = new(0, 0, 0, 0, 0);

    /// <summary>What the two said, for probation to compare with; null before the first run.</summary>
    public AgreementTally? Tally { get; private set; }

    /// <param name="candidate">Belongs to the run meanwhile.</param>
    /// <param name="back">Told when the run is over, however it ends, and the model is the caller's again; not when it hangs.</param>
    public async Task<TrialVerdict> RunAsync(VisionModel candidate, ManifestGates gates, Action back, CancellationToken cancellationToken)
    {
        var limits = ShadowLimits.Of(gates, options);
        var before = observer.Vitals.TakeLatency();
        var run = new ShadowRun(candidate, options, threads, time);
        observer.Shadow = run;
        try
        {
            var verdict = await WatchAsync(run, limits, cancellationToken).ConfigureAwait(false);
            var during = observer.Vitals.TakeLatency();
            verdict.Evidence["servedP95"] = new JsonObject { ["before"] = before.P95, ["during"] = during.P95 };
            return verdict;
        }
        finally
        {
            observer.Shadow = null;
            Tally = run.Tally;
            if (run.Release())
            {
                back();
            }
        }
    }

    private async Task<TrialVerdict> WatchAsync(ShadowRun run, ShadowLimits limits, CancellationToken cancellationToken)
    {
        var clock = new StreamClock(options.LongestPause, time);
        var memory = ProcessFigures.RssMiB ?? 0;
        while (true)
        {
            await Task.Delay(options.Look, time, cancellationToken).ConfigureAwait(false);
            clock.Advance(observer.Vitals.LastFrame);
            var facts = new ShadowFacts(run.Tally?.Read() ?? _none, clock.Elapsed, run.Looking, run.Failure, (ProcessFigures.RssMiB ?? memory) - memory);
            if (ShadowJudge.Judge(facts, limits) is { } verdict)
            {
                return verdict with { Evidence = Evidence(facts, limits) };
            }
        }
    }

    private static JsonObject Evidence(ShadowFacts facts, ShadowLimits limits)
    {
        var evidence = facts.Figures.ToJson();
        evidence["gate"] = "shadow";
        evidence["minutes"] = Math.Round(facts.Watched.TotalMinutes, 2);
        evidence["memoryGrowthMiB"] = Math.Round(facts.MemoryGrowthMiB, 1);
        evidence["limits"] = new JsonObject
        {
            ["frames"] = limits.Frames, ["minutes"] = limits.Time.TotalMinutes, ["agreement"] = limits.Agreement, ["rateRatio"] = new JsonArray(limits.LeastRate, limits.MostRate),
            ["p99"] = limits.LatencyMsP99, ["memoryGrowthMiB"] = limits.MemoryGrowthMiB,
        };
        return evidence;
    }
}
