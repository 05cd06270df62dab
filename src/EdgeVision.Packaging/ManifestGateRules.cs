using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of <c>gates</c>: what could never be met, or never fails, is a slip of the pen.</summary>
internal static class ManifestGateRules
{
    private const double MaxMinutes = 31 * 24 * 60;
    private const int MaxFrames = 100_000_000;

    public static void Check(ManifestGates gates, string name)
    {
        Require(gates.LatencyMsP99 is null or (> 0 and <= 600_000), name, "$.gates.latencyMsP99", $"{gates.LatencyMsP99} is not above 0 and up to 600000 ms");
        Require(gates.MemoryMiB is null or > 0, name, "$.gates.memoryMiB", $"{gates.MemoryMiB} is not above 0; leave it out if any memory will do");
        CheckGolden(gates.Golden, name);
        CheckShadow(gates.Shadow, name);
        Require(gates.Probation.MinMinutes is >= 0 and <= MaxMinutes, name, "$.gates.probation.minMinutes", $"{gates.Probation.MinMinutes} is not from 0 to {MaxMinutes} minutes");
        Require(gates.Probation.MinFrames is >= 0 and <= MaxFrames, name, "$.gates.probation.minFrames", $"{gates.Probation.MinFrames} is not from 0 to {MaxFrames}");
    }

    private static void CheckGolden(GoldenGate golden, string name)
    {
        RequireShare(golden.MinTop1, name, "$.gates.golden.minTop1");
        RequireShare(golden.MinIoU, name, "$.gates.golden.minIoU");
        RequireShare(golden.MaxScoreDelta, name, "$.gates.golden.maxScoreDelta");
    }

    private static void CheckShadow(ShadowGate shadow, string name)
    {
        Require(shadow.MinFrames is >= 0 and <= MaxFrames, name, "$.gates.shadow.minFrames", $"{shadow.MinFrames} is not from 0 to {MaxFrames}");
        Require(shadow.MinMinutes is >= 0 and <= MaxMinutes, name, "$.gates.shadow.minMinutes", $"{shadow.MinMinutes} is not from 0 to {MaxMinutes} minutes");
        Require(shadow.MaxHours is > 0 and <= MaxMinutes / 60, name, "$.gates.shadow.maxHours", $"{shadow.MaxHours} is not above 0 and up to {MaxMinutes / 60} hours");
        Require(shadow.MaxHours * 60 >= shadow.MinMinutes, name, "$.gates.shadow.maxHours", $"{shadow.MaxHours} hours are less than minMinutes, {shadow.MinMinutes}");
        RequireShare(shadow.MinAgreement, name, "$.gates.shadow.minAgreement");
        var isRatio = shadow.RateRatio is [>= 0 and <= 1, >= 1 and <= 1000];
        Require(isRatio, name, "$.gates.shadow.rateRatio", "is not two numbers around 1, the least and the most; write it like [0.5, 2]");
    }

    private static void RequireShare(double share, string name, string path) => Require(share is >= 0 and <= 1, name, path, $"{share} is not from 0 to 1");
}
