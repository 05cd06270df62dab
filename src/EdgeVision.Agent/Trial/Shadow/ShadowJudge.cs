using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The figures of a shadow run against its limits. A figure exactly at its limit holds.</summary>
/// <remarks>
/// What no model may do fails: something that is no number, a frame that broke it, too slow, too large. What only a person can judge is held: two models that disagree
/// are not proof that the newer is the worse. A scene that shows nothing extends the run and at its longest is held too, never passed.
/// </remarks>
internal static class ShadowJudge
{
    /// <summary>A p99 of fewer frames is the bad luck of one or two of them.</summary>
    private const int FramesForLatency = 300;

    /// <summary>No model may stay in one frame for longer.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);

    /// <returns>Null = go on.</returns>
    public static TrialVerdict? Judge(ShadowFacts facts, ShadowLimits limits) => Fails(facts, limits) ?? (IsOver(facts, limits) ? Holds(facts, limits) ?? TrialVerdict.Pass : TooLittle(facts, limits));

    private static TrialVerdict? Fails(ShadowFacts facts, ShadowLimits limits)
    {
        var figures = facts.Figures;
        return facts switch
        {
            { Failure: { } failure } => TrialVerdict.Fail(UpdateCode.Shadow, $"shadow: it failed at a live frame: {failure}"),
            _ when figures.Unsound > 0 => TrialVerdict.Fail(UpdateCode.NotANumber, $"shadow: {figures.Unsound} of {figures.Frames} frames were answered with something that is no number"),
            _ when facts.Looking > LongestLook => TrialVerdict.Fail(UpdateCode.Watchdog, $"shadow: it has been looking at one frame for more than {LongestLook.TotalSeconds:0} s"),
            _ when figures.Frames >= FramesForLatency && figures.LatencyMsP99 > limits.LatencyMsP99 * LatencyHistogram.Tolerance =>
                TrialVerdict.Fail(UpdateCode.Latency, FormattableString.Invariant($"shadow: p99 is {figures.LatencyMsP99:0.0} ms over {figures.Frames} frames, the limit is {limits.LatencyMsP99:0.0} ms")),
            _ when facts.MemoryGrowthMiB > limits.MemoryGrowthMiB =>
                TrialVerdict.Fail(UpdateCode.OutOfMemory, FormattableString.Invariant($"shadow: the process grew by {facts.MemoryGrowthMiB:0.0} MiB, the limit is {limits.MemoryGrowthMiB:0} MiB")),
            _ => null,
        };
    }

    private static bool IsOver(ShadowFacts facts, ShadowLimits limits) => facts.Watched >= limits.Time && facts.Figures.Seen >= limits.Frames;

    private static TrialVerdict? TooLittle(ShadowFacts facts, ShadowLimits limits) => facts.Watched < limits.Longest ? null : TrialVerdict.Hold(
        UpdateCode.Shadow,
        FormattableString.Invariant($"shadow: in {limits.Longest.TotalHours:0.##} h something was seen in {facts.Figures.Seen} of {facts.Figures.Frames} frames, {limits.Frames} are needed to compare the models"));

    private static TrialVerdict? Holds(ShadowFacts facts, ShadowLimits limits)
    {
        var figures = facts.Figures;
        if (figures.SharedLabels == 0)
        {
            return TrialVerdict.Hold(UpdateCode.Shadow, "shadow: the two models have no label in common, so nothing they say can be compared");
        }

        if (figures.Agreement < limits.Agreement)
        {
            return TrialVerdict.Hold(UpdateCode.Shadow, FormattableString.Invariant($"shadow: agreement is {figures.Agreement:0.000} over {figures.Seen} frames with something in them, the limit is {limits.Agreement:0.000}"));
        }

        return figures.RateRatio >= limits.LeastRate && figures.RateRatio <= limits.MostRate ? null : TrialVerdict.Hold(
            UpdateCode.Shadow, FormattableString.Invariant($"shadow: it gives {figures.RateRatio:0.00} answers for each of the model in service, the limits are {limits.LeastRate:0.00} and {limits.MostRate:0.00}"));
    }
}
