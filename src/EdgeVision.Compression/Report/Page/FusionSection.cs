using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>What ONNX Runtime makes of the written networks, and what keeps them from being faster.</summary>
internal static class FusionSection
{
    public static string Of(CompressionReport report) => $"""
        <section>
        <h2>What the processor really runs</h2>
        <p class="lead">After writing, every network is opened with ONNX Runtime here and the graph that it makes is read back: a speed-up on paper is none when it falls back to floats.</p>
        <div class="wide"><table>
        <tr><th>Variant</th><th>Self-check</th><th>Computed in floats</th><th>Kept float on purpose</th></tr>
        {Joined(report.Variants.Concat(report.Rejected), Row)}
        </table></div>
        {(report.Changes.Count == 0 ? "" : $"<details><summary>{Plural(report.Changes.Count, "change")} to the network before it was compressed</summary><ul>{Joined(report.Changes, change => $"<li>{PageText.Of(change)}</li>")}</ul></details>")}
        </section>
        """;

    private static string Row(VariantReport variant) => $"""
        <tr><td class="name"><b>{PageText.Of(variant.Kind)}</b></td><td>{Check(variant)}</td>
        <td>{(variant.FloatOperators.Count == 0 ? "–" : string.Join(", ", variant.FloatOperators.OrderByDescending(each => each.Value).ThenBy(each => each.Key, StringComparer.Ordinal).Take(8).Select(each => $"{each.Value} {PageText.Of(each.Key)}")))}</td>
        <td>{Islands(variant.FloatIslands)}</td></tr>

        """;

    private static string Check(VariantReport variant) => variant.FusionDifferences switch
    {
        null when variant.Kind.Contains("tensorrt", StringComparison.Ordinal) => "<span class=\"small\">made for TensorRT: what that makes of it no CPU can tell</span>",
        null => "<span class=\"small\">computes in floats by design</span>",
        [] => $"<span class=\"good\">as promised</span><small>{variant.QLinearConvs} of {variant.Convs} convolutions in integers</small>",
        var differences => $"<span class=\"bad\">differs</span><small>{string.Join("<br>", differences.Take(6).Select(PageText.Of))}</small>",
    };

    private static string Islands(IReadOnlyList<string> islands) => islands.Count switch
    {
        0 => "–",
        <= 4 => string.Join("<br>", islands.Select(island => $"<code>{Short(island)}</code>")),
        _ => $"<details><summary>{islands.Count} nodes</summary>{string.Join("<br>", islands.Select(island => $"<code>{Short(island)}</code>"))}</details>",
    };
}
