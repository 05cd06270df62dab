using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>Time for each count of threads, as bars.</summary>
internal static class LatencySection
{
    private const int RowHeight = 44;
    private const int Left = 190;
    private const int Width = 1040;
    private const int Bars = 640;

    public static string Of(CompressionReport report)
    {
        var rows = report.Variants.Concat(report.Rejected).SelectMany(variant => variant.Latencies.Select(latency => (variant.Kind, Latency: latency))).ToArray();
        return rows.Length == 0 ? "" : $"""
            <section>
            <h2>Time for a picture</h2>
            <p class="lead">The network alone, one picture, on {PageText.Of(report.Provenance.Processor)}. Float and small network take turns, so that a busy machine is unfair to both; least of all runs, median as a thin mark.</p>
            <div class="key"><span><i style="background:var(--before)"></i>float</span><span><i style="background:var(--after)"></i>variant</span></div>
            <svg viewBox="0 0 {Width} {rows.Length * RowHeight}" role="img" aria-label="milliseconds for a picture">
            {Joined(rows.Index(), row => Row(row.Index * RowHeight, row.Item.Kind, row.Item.Latency, Bars / rows.Max(each => Math.Max(Math.Max(each.Latency.Fp32Median, each.Latency.Median), 1e-6))))}
            </svg>
            </section>
            """;
    }

    private static string Row(int top, string kind, LatencyReport latency, double perMillisecond) => $"""
        <text x="0" y="{top + 18}">{PageText.Of(kind)}</text><text class="soft" x="0" y="{top + 34}">{(latency.Threads == 1 ? "1 thread" : $"{latency.Threads} threads")}</text>
        {Bar(top + 6, "before", latency.Fp32Least, latency.Fp32Median, perMillisecond, "")}
        {Bar(top + 23, "after", latency.Least, latency.Median, perMillisecond, $" · {Number(latency.Fp32Least / Math.Max(latency.Least, 1e-9))}×")}

        """;

    private static string Bar(int top, string style, double least, double median, double scale, string note) => $"""
        <rect class="{style}" x="{Left}" y="{top}" width="{At(Math.Max(1, least * scale))}" height="14" rx="2"/>
        <line class="line" x1="{At(Left + (median * scale))}" x2="{At(Left + (median * scale))}" y1="{top - 1}" y2="{top + 15}" stroke-width="2"/>
        <text x="{At(Left + (Math.Max(least, median) * scale) + 8)}" y="{top + 11}">{Milliseconds(least)}{note}</text>
        """;
}
