using EdgeVision.Compression;
using EdgeVision.Trainer.Measurement;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>Which class is taken for which, and the figures of each.</summary>
internal static class ConfusionSection
{
    // A page has room for so many columns.
    private const int MostShown = 24;
    private const int MostPairs = 12;

    // Of the colour in a cell, so that figures on it can be read by day and night.
    private const double Strongest = 55;

    public static string Of(RunFindings findings) => findings.Judged is not { Kind: DatasetKind.Classes } judged ? "" : Of(judged, new ConfusionMatrix(judged.Pictures, judged.Classes.Count));

    private static string Of(Judgement judged, ConfusionMatrix matrix) => $"""
        <section>
        <h2>What is taken for what</h2>
        <p class="lead">Rows are true, columns answered; shares are of the row. Blue is right, red is wrong.</p>
        {(matrix.Classes <= MostShown ? Matrix(judged.Classes, matrix) : "")}
        {Pairs(judged.Classes, matrix)}
        <h3>Each class</h3>
        <div class="wide"><table>
        <tr><th>Class</th><th class="n">Pictures</th><th class="n">Precision</th><th class="n">Recall</th><th class="n">F1</th><th class="n">Area under ROC, against the rest</th></tr>
        {Joined(judged.Classes.Index(), each => Row(judged, matrix, each.Index, each.Item))}
        </table></div>
        </section>
        """;

    private static string Matrix(IReadOnlyList<string> names, ConfusionMatrix matrix) => $"""
        <div class="wide"><table class="heat">
        <thead><tr><th></th>{Joined(names, name => $"<th><span>{PageText.Of(name)}</span></th>")}</tr></thead>
        {Joined(names.Index(), row => $"<tr><th>{PageText.Of(row.Item)}</th>{Joined(Enumerable.Range(0, names.Count), column => Cell(matrix, row.Index, column))}</tr>\n")}
        </table></div>
        """;

    private static string Cell(ConfusionMatrix matrix, int truth, int answer)
    {
        var (count, share) = (matrix[truth, answer], (double)matrix[truth, answer] / Math.Max(1, matrix.Support(truth)));
        // By the root, because the few that are wrong are what one looks for.
        return count == 0 ? """<td class="z">·</td>"""
            : $"""<td class="{(truth == answer ? "right" : "wrong")}" style="--s:{At(Strongest * (truth == answer ? share : Math.Sqrt(share)))}%">{count}<small>{Percent(share)}</small></td>""";
    }

    private static string Pairs(IReadOnlyList<string> names, ConfusionMatrix matrix)
    {
        var pairs = Enumerable.Range(0, names.Count).SelectMany(truth => Enumerable.Range(0, names.Count).Select(answer => (truth, answer, Count: matrix[truth, answer])))
            .Where(pair => pair.truth != pair.answer && pair.Count > 0).OrderByDescending(pair => pair.Count).Take(MostPairs).ToArray();
        return names.Count <= 2 || pairs.Length == 0 ? "" : $"""
            <h3>Most often</h3>
            <p>{string.Join(" · ", pairs.Select(pair => $"{PageText.Of(names[pair.truth])} taken for {PageText.Of(names[pair.answer])} <span class=\"small\">{pair.Count}</span>"))}</p>
            """;
    }

    private static string Row(Judgement judged, ConfusionMatrix matrix, int id, string name) => matrix.Support(id) == 0
        ? $"""<tr><td>{PageText.Of(name)}</td><td class="n">0</td><td class="n" colspan="4">no picture to be judged by</td></tr>"""
        : $"""
        <tr><td>{PageText.Of(name)}</td><td class="n">{matrix.Support(id)}</td><td class="n">{Percent(matrix.Precision(id))}</td><td class="n">{Percent(matrix.Recall(id))}</td><td class="n">{Percent(matrix.F1(id))}</td>
        <td class="n">{Number(new RankStatistic(judged.Pictures.Select(picture => (picture.Shares[id], picture.Truth == id))).Value(judged.Pictures.Count), 4)}</td></tr>

        """;
}
