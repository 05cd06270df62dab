using EdgeVision.Compression;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>How much of each class is found, at what price.</summary>
internal static class DetectionSection
{
    private const int MostPoints = 200;

    public static string Of(RunFindings findings)
    {
        if (findings.Judged is not { Kind: DatasetKind.Boxes } judged)
        {
            return "";
        }

        var boxes = judged.Pictures.Select(picture => picture.Outcome.Boxes!).ToArray();
        var values = judged.Evaluation.Classes.ToDictionary(each => each.Name, StringComparer.Ordinal);
        var rankings = judged.Classes.Index().Where(each => values.ContainsKey(each.Item)).Select(each => (Name: each.Item, Ranking: new ClassRanking(each.Index, boxes))).ToArray();
        return $"""
            <section>
            <h2>What is found, at what price</h2>
            <p class="lead">From the surest box to the least sure: across, the share of all objects that are found; up, the share of the boxes that are right. A box is right that overlaps an object of its class by half or more.</p>
            <div class="wide"><table>
            <tr><th>Class</th><th class="n">Objects</th><th class="n">Average precision</th></tr>
            {Joined(rankings, each => $"""<tr><td>{PageText.Of(each.Name)}</td><td class="n">{each.Ranking.Truths}</td><td class="n">{Percent(values[each.Name].Value)}</td></tr>""")}
            </table></div>
            <div class="plots">{Joined(rankings, each => LineChart.Of(each.Name, [new ChartLine("", "a", Thinned(each.Ranking.Curve()))], (0, 1), (0, 1), "share found"))}</div>
            </section>
            """;
    }

    private static (double X, double Y)[] Thinned(IReadOnlyList<(double Recall, double Precision)> curve)
    {
        var each = Math.Max(1, curve.Count / MostPoints);
        return [.. curve.Where((_, i) => i % each == 0 || i == curve.Count - 1)];
    }
}
