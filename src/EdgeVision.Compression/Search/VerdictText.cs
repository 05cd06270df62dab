using System.Globalization;

namespace EdgeVision.Compression;

/// <summary>The findings in one sentence.</summary>
internal static class VerdictText
{
    public static string Of(SearchFindings findings, VariantRows rows) => findings.Accepted switch
    {
        [var chosen, ..] => Success(rows.Of(chosen, null), findings.Request.MaxDrop),
        [] when findings.Shown is { } best => string.Create(
            CultureInfo.InvariantCulture,
            $"No variant stays within the {findings.Request.MaxDrop:0.##} points that may be lost: the best, {best.Kind}, loses {best.Drop:0.00} points of {MetricWords.Of(findings.Before.Metric)}. Allow more with --max-drop, give more and more typical calibration pictures, or more evaluation pictures."),
        _ => "No variant could be made of this network.",
    };

    public static string Refusal(TriedVariant variant, double maxDrop) => string.Create(CultureInfo.InvariantCulture, $"loses {variant.Drop:0.00} points, {maxDrop:0.##} are allowed");

    private static string Success(VariantReport chosen, double maxDrop) => string.Create(
        CultureInfo.InvariantCulture,
        $"{chosen.Kind} has {100 * chosen.SizeRatio:0} % of the bytes, {Speed(chosen.Speedup)} and {Accuracy(chosen.Drop)} {MetricWords.Of(chosen.Metric)}; {maxDrop:0.##} {(maxDrop == 1 ? "point" : "points")} may be lost.");

    private static string Speed(double speedup) => speedup switch
    {
        >= 1.03 => string.Create(CultureInfo.InvariantCulture, $"runs {speedup:0.00} times as fast"),
        > 0.97 => "is as fast as before",
        _ => string.Create(CultureInfo.InvariantCulture, $"is slower on this machine ({speedup:0.00} times as fast)"),
    };

    private static string Accuracy(double drop) => Math.Round(drop, 2) switch
    {
        0 => "loses nothing of the",
        > 0 => string.Create(CultureInfo.InvariantCulture, $"loses {drop:0.00} points of"),
        _ => string.Create(CultureInfo.InvariantCulture, $"gains {-drop:0.00} points of"),
    };
}
