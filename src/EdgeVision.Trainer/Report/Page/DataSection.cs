using EdgeVision.Compression;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>What it learnt from, and what was left out of that.</summary>
internal static class DataSection
{
    private const int MostLeftOut = 20;
    private static readonly DataSplit[] Splits = Enum.GetValues<DataSplit>();

    public static string Of(RunFindings findings)
    {
        var data = findings.Data;
        return $"""
            <section>
            <h2>Data</h2>
            <p class="lead">{PageText.Of(data.Name)}, frozen: {Plural(data.Items.Count, "picture")}{(data.IsGrey ? ", grey" : "")}. {Samples(findings)}</p>
            <p><code>{PageText.Of(data.Digest)}</code></p>
            <div class="wide"><table>
            <tr><th>{(data.Kind == DatasetKind.Boxes ? "Objects of" : "Class")}</th><th class="n">to learn from</th><th class="n">to choose by</th><th class="n">to test</th></tr>
            {Joined(data.Classes.Index(), each => Row(each.Item, split => data.Of(split).Sum(item => item.Boxes?.Count(box => box.Class == each.Index) ?? (item.Class == each.Index ? 1 : 0))))}
            {Row("pictures", split => data.Of(split).Count())}
            </table></div>
            {(data.Accepted.Count == 0 ? "" : $"<p class=\"warn\">Accepted in spite of findings: {PageText.Of(string.Join(", ", data.Accepted))}</p>")}
            {LeftOut(data)}
            </section>
            """;
    }

    private static string Samples(RunFindings findings) => findings.Run.Settings.Samples is > 0 and var samples ? $"It learnt from {samples} of them." : "";

    private static string Row(string name, Func<DataSplit, int> count) => $"""<tr><td>{PageText.Of(name)}</td>{Joined(Splits, split => $"""<td class="n">{count(split)}</td>""")}</tr>""";

    private static string LeftOut(DatasetVersion data) => data.Excluded.Count == 0 ? "" : $"""
        <details><summary>{data.Excluded.Count} left out</summary><ul>{Joined(data.Excluded.Take(MostLeftOut), each => $"<li>{PageText.Of(each.Reason)}</li>")}{(data.Excluded.Count > MostLeftOut ? $"<li>and {data.Excluded.Count - MostLeftOut} more</li>" : "")}</ul></details>
        """;
}
