using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>What a shadow run must show: the manifest's gates, with what the site says in place of their minutes.</summary>
/// <param name="Frames">With something in them, to either model; 0 = no shadow run.</param>
/// <param name="Time">In which frames came.</param>
/// <param name="Longest">When the scene has shown too little until then, a person is asked.</param>
internal sealed record ShadowLimits(int Frames, TimeSpan Time, TimeSpan Longest, double Agreement, double LeastRate, double MostRate, double? LatencyMsP99, double MemoryGrowthMiB)
{
    /// <remarks>Example: 500 frames in 10 minutes, and the site says 1 minute: 50 frames.</remarks>
    public static ShadowLimits Of(ManifestGates gates, TrialOptions options)
    {
        var gate = gates.Shadow;
        var (minutes, frames) = Scale(options.ShadowMinutes, gate.MinMinutes, gate.MinFrames);
        return new ShadowLimits(
            frames, TimeSpan.FromMinutes(minutes), TimeSpan.FromHours(gate.MaxHours), gate.MinAgreement, gate.RateRatio[0], gate.RateRatio[1], gates.LatencyMsP99, options.MemoryGrowthMiB);
    }

    /// <summary>Other minutes, and frames in proportion.</summary>
    internal static (double Minutes, int Frames) Scale(double? wished, double minutes, int frames) => wished switch
    {
        null => (minutes, frames),
        0 => (0, 0),
        { } wish when minutes > 0 => (wish, (int)Math.Ceiling(frames * wish / minutes)),
        { } wish => (wish, frames),
    };
}
