using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>What somebody sees who has five seconds.</summary>
internal static class VerdictSection
{
    public static string Of(CompressionReport report) => $"""
        <header>
        <p>Compression report · {PageText.Of(report.Subject.Model)} {PageText.Of(report.Subject.Version)}</p>
        <h1><span class="badge {(report.Holds ? "good" : "bad")}">{(report.Holds ? "PASSED" : "NOT PASSED")}</span> {PageText.Of(report.Verdict)}</h1>
        </header>
        {(Shown(report) is { } variant ? Tiles(report, variant) : "")}
        {(report.Warnings.Count > 0 ? Warnings(report.Warnings) : "")}
        """;

    private static VariantReport? Shown(CompressionReport report) => report.Variants.Concat(report.Rejected).FirstOrDefault();

    private static string Tiles(CompressionReport report, VariantReport variant) => $"""
        <div class="tiles">
        {Tile($"{Number(variant.Speedup)}×", "as fast, one thread", $"{Milliseconds(variant.LatencyMsFp32)} → {Milliseconds(variant.LatencyMs)}")}
        {Tile(Percent(variant.SizeRatio), "of the size", $"{Bytes(report.Baseline.Bytes)} → {Bytes(variant.Bytes)}")}
        {Tile($"{Change(variant.Drop)} points", MetricWords.Of(variant.Metric), $"{Percent(variant.Fp32)} → {Percent(variant.Value)}, {report.Subject.Items} pictures")}
        {Tile($"{variant.QLinearConvs} of {variant.Convs}", "convolutions in integers", FloatPart(variant))}
        </div>
        """;

    private static string FloatPart(VariantReport variant) => variant switch
    {
        { FusionDifferences: null } => "computes in floats by design",
        { FloatIslands.Count: 0 } => "nothing had to stay float",
        _ => $"{Plural(variant.FloatIslands.Count, "node")} kept float",
    };

    private static string Warnings(IReadOnlyList<string> warnings) => $"""
        <section><h2 class="warn">To look at</h2><ul>{Joined(warnings, warning => $"<li>{PageText.Of(warning)}</li>")}</ul></section>
        """;
}
