using EdgeVision.Compression;
using EdgeVision.Trainer.Training;
using static EdgeVision.Compression.PageText;

namespace EdgeVision.Trainer.Report;

/// <summary>Whether it is as sure as it is right, and from which confidence on an alarm is raised.</summary>
internal static class ConfidenceSection
{
    private const int Side = 300, Left = 44;

    public static string Of(RunFindings findings) => findings.Judged is not { Kind: DatasetKind.Classes } judged ? "" : $"""
        <section>
        <h2>Is it as sure as it is right?</h2>
        <p class="lead">On the line, answers of 80 % confidence are right 8 times of 10. Below it, it is surer than it may be.</p>
        <div class="two">
        <div class="square">{Diagram(Reliability.Of(judged.Pictures.Select(picture => ((double)picture.Confidence, picture.Outcome.IsRight))))}</div>
        <div>{Calibrated(findings.Result.Calibration)}{Decided(findings.Result.Decision, findings.Run.Settings.Cost)}</div>
        </div>
        </section>
        """;

    private static string Diagram(Reliability reliability)
    {
        var (bins, most) = (reliability.Bins, Math.Max(1, reliability.Bins.Max(bin => bin.Count)));
        var width = (double)Side / bins.Count;
        return $"""
            <svg viewBox="0 0 {Left + Side + 10} {Side + 92}" role="img" aria-label="reliability diagram">
            {Joined([0, 0.25, 0.5, 0.75, 1], share => $"""<line class="line" x1="{Left}" x2="{Left + Side}" y1="{At(8 + Side * (1 - share))}" y2="{At(8 + Side * (1 - share))}"/><text class="soft end" x="{Left - 8}" y="{At(12 + Side * (1 - share))}">{Percent(share, 0)}</text>""")}
            {Joined(bins.Index(), each => each.Item.Count == 0 ? "" : $"""<rect class="after" opacity="{At(0.35 + 0.65 * Math.Sqrt((double)each.Item.Count / most))}" x="{At(Left + each.Index * width + 1)}" y="{At(8 + Side * (1 - each.Item.Right))}" width="{At(width - 2)}" height="{At(Side * each.Item.Right)}"/>""")}
            <line class="limit" x1="{Left}" y1="{8 + Side}" x2="{Left + Side}" y2="8"/>
            {Joined(bins.Index(), each => $"""<rect class="before" x="{At(Left + each.Index * width + 1)}" y="{At(8 + Side + 70 - 40 * Math.Sqrt((double)each.Item.Count / most))}" width="{At(width - 2)}" height="{At(40 * Math.Sqrt((double)each.Item.Count / most))}"/>""")}
            <text class="soft" x="{Left}" y="{Side + 24}">0 %</text><text class="soft middle" x="{Left + Side / 2}" y="{Side + 24}">confidence</text><text class="soft end" x="{Left + Side}" y="{Side + 24}">100 %</text>
            <text class="soft" x="{Left}" y="{Side + 90}">how many answers</text>
            </svg>
            """;
    }

    private static string Calibrated(Calibration? calibration) => calibration is null ? "" : $"""
        <h3>Temperature {Number(calibration.Temperature, 3)}, held by the exported weights</h3>
        <div class="wide"><table>
        <tr><th></th><th class="n">As learnt</th><th class="n">As exported</th></tr>
        <tr><td>Expected calibration error</td><td class="n">{Percent(calibration.ErrorBefore, 2)}</td><td class="n"><b>{Percent(calibration.ErrorAfter, 2)}</b></td></tr>
        <tr><td>Loss</td><td class="n">{Number(calibration.LossBefore, 4)}</td><td class="n"><b>{Number(calibration.LossAfter, 4)}</b></td></tr>
        </table></div>
        <p class="small">Chosen on validation pictures, measured on test pictures. It was {(calibration.Temperature > 1 ? "too sure" : "less sure than it may be")} as it was learnt.</p>
        """;

    private static string Decided(Decision? decision, DecisionCost? cost) => decision is null || cost is null ? "" : $"""
        <h3>{PageText.Of(decision.Alarm)} from {Percent(decision.Threshold)} confidence on</h3>
        <p class="small">A miss costs {Number(cost.Miss)}, a false alarm {Number(cost.FalseAlarm)}: chosen on validation pictures. On test pictures {Percent(decision.Missed)} are missed and {Percent(decision.FalseAlarms)} are false alarms,
        {Number(decision.CostPerPicture, 3)} a picture; were the surer class simply believed, it would be {Number(decision.CostAtHalf, 3)}.</p>
        """;
}
