using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>The table of all forms of the network.</summary>
internal static class VariantSection
{
    public static string Of(CompressionReport report) => $"""
        <section>
        <h2>Variants</h2>
        <p class="lead">{PageText.Of(report.Subject.Input)} · {Count(report.Subject.Parameters)} parameters · {Count(report.Subject.Macs)} MACs a picture ·
        {MetricWords.Of(report.Subject.Metric)} on {report.Subject.Items} pictures. Brackets are 95 % intervals; that of the change comes from the same pictures on both sides.</p>
        <div class="wide"><table>
        <tr><th>Variant</th><th class="n">Size</th><th class="n">One thread</th><th class="n">Faster</th><th class="n">Accuracy</th><th class="n">Change, points</th><th class="n">By chance</th><th class="n">Integer convs</th></tr>
        {Row(report.Baseline, "", "as it came")}
        {Joined(report.Variants.Index(), entry => Row(entry.Item, entry.Index == 0 ? "chosen" : "", entry.Index == 0 ? $"<span class=\"good\">chosen</span> · {Recipe(entry.Item)}" : Recipe(entry.Item)))}
        {Joined(report.Rejected, variant => Row(variant, "", $"<span class=\"bad\">left out: {PageText.Of(variant.Rejection ?? "")}</span> · {Recipe(variant)}"))}
        </table></div>
        {Chance(report)}
        </section>
        """;

    private static string Recipe(VariantReport variant) => PageText.Of(variant.Recipe);

    private static string Row(VariantReport variant, string style, string note) => $"""
        <tr class="{style}"><td><b>{PageText.Of(variant.Kind)}</b><small>{note}</small></td>
        <td class="n">{Bytes(variant.Bytes)}<small>{Percent(variant.SizeRatio)}</small></td>
        <td class="n">{Milliseconds(variant.LatencyMs)}</td><td class="n">{Number(variant.Speedup)}×</td>
        <td class="n">{Percent(variant.Value)}<small>[{Number(100 * variant.Low, 1)}, {Number(100 * variant.High, 1)}]</small></td>
        {ChangeOf(variant)}
        <td class="n">{variant.QLinearConvs} of {variant.Convs}</td></tr>

        """;

    private static string ChangeOf(VariantReport variant) => variant.Kind == "fp32"
        ? """<td class="n">–</td><td class="n">–</td>"""
        : $"""<td class="n">{Change(variant.Drop)}<small>[{Change(variant.DropHigh)}, {Change(variant.DropLow)}]</small></td><td class="n">{(variant.P is { } p ? $"p = {Number(p)}" : "–")}</td>""";

    private static string Chance(CompressionReport report) => report.Variants.Concat(report.Rejected).FirstOrDefault(variant => variant.P is not null) is { } tested
        ? $"""<p class="small">"By chance": probability that two equally good networks differ this much on these pictures ({(tested.Test == "mcnemar" ? "McNemar's paired test" : "paired bootstrap")}); below 0.05 the difference is real.</p>"""
        : "";
}
