using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>What a model on probation must show before it is kept, and what it must not do meanwhile.</summary>
/// <param name="Frames">That it has looked at.</param>
/// <param name="Time">In which frames came.</param>
internal sealed record ProbationLimits(long Frames, TimeSpan Time, double? LatencyMsP99, double MemoryGrowthMiB)
{
    public static ProbationLimits Of(ManifestGates gates, TrialOptions options)
    {
        var (minutes, frames) = ShadowLimits.Scale(options.ProbationMinutes, gates.Probation.MinMinutes, gates.Probation.MinFrames);
        return new ProbationLimits(frames, TimeSpan.FromMinutes(minutes), gates.LatencyMsP99, options.MemoryGrowthMiB);
    }
}
