using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What brings the model before back: each trigger with its figure, its limit and its code.</summary>
/// <remarks>
/// What needs a comparison over time needs it over several windows in a row, because a machine may have a bad quarter of a minute. Crashes of the whole process
/// are counted by the updater at the next start.
/// </remarks>
internal static class ProbationTriggers
{
    public const int SlowWindows = 3, DriftWindows = 2, Failures = 3;

    private static readonly Func<ProbationFacts, ProbationLimits, TrialVerdict?>[] All = [Unsound, Broken, Drift, Silence, Memory, Slow, Drops, Heat, Hub];

    /// <returns>Null = none fires.</returns>
    public static TrialVerdict? Find(ProbationFacts facts, ProbationLimits limits) => All.Select(trigger => trigger(facts, limits)).FirstOrDefault(verdict => verdict is not null);

    private static TrialVerdict? Unsound(ProbationFacts facts, ProbationLimits limits) => facts.Vitals.Unsound == 0 ? null : TrialVerdict.Fail(
        UpdateCode.NotANumber, $"probation: {facts.Vitals.Unsound} of {facts.Vitals.Frames} frames were answered with something that is no number");

    private static TrialVerdict? Broken(ProbationFacts facts, ProbationLimits limits) => facts.FailedLately < Failures ? null : TrialVerdict.Fail(
        UpdateCode.CrashLoop, $"probation: {facts.FailedLately} frames broke it within two windows, {Failures} are too many");

    private static TrialVerdict? Drift(ProbationFacts facts, ProbationLimits limits) => facts.Drift is null || facts.DriftWindows < DriftWindows ? null : TrialVerdict.Fail(
        UpdateCode.Drift, $"probation: {facts.Drift}");

    private static TrialVerdict? Silence(ProbationFacts facts, ProbationLimits limits) => !(facts.Vitals.Silence > facts.SilenceLimit) ? null : TrialVerdict.Fail(
        UpdateCode.Drift, FormattableString.Invariant($"probation: nothing was seen for {facts.Vitals.Silence.TotalSeconds:0} s, the limit by what the model before saw is {facts.SilenceLimit.Value.TotalSeconds:0} s"));

    private static TrialVerdict? Memory(ProbationFacts facts, ProbationLimits limits) => facts.MemoryGrowthMiB <= limits.MemoryGrowthMiB ? null : TrialVerdict.Fail(
        UpdateCode.OutOfMemory, FormattableString.Invariant($"probation: the process grew by {facts.MemoryGrowthMiB:0.0} MiB, the limit is {limits.MemoryGrowthMiB:0} MiB"));

    private static TrialVerdict? Slow(ProbationFacts facts, ProbationLimits limits) => facts.SlowWindows < SlowWindows ? null : TrialVerdict.Fail(
        UpdateCode.Latency, FormattableString.Invariant($"probation: p99 is {facts.LatencyMsP99:0.0} ms in {facts.SlowWindows} windows in a row, the limit is {limits.LatencyMsP99:0.0} ms"));

    private static TrialVerdict? Drops(ProbationFacts facts, ProbationLimits limits) => facts.DropWindows < SlowWindows ? null : TrialVerdict.Fail(
        UpdateCode.Latency, FormattableString.Invariant($"probation: {facts.DropShare:P0} of the frames are dropped, it was {facts.DropShareBefore:P0} with the model before"));

    private static TrialVerdict? Heat(ProbationFacts facts, ProbationLimits limits) => facts.Heat is null || facts.HotWindows < SlowWindows ? null : TrialVerdict.Fail(
        UpdateCode.Latency, $"probation: the machine is too hot since the activation: {facts.Heat}");

    private static TrialVerdict? Hub(ProbationFacts facts, ProbationLimits limits) => facts.HubLost is null ? null : TrialVerdict.Fail(
        UpdateCode.Watchdog, $"probation: the hub is out of reach since the activation though the network is there: {facts.HubLost}");
}
