using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>Where the time goes, operator by operator: what limits the speed.</summary>
internal static class OperatorSection
{
    private const int Bars = 400;

    public static string Of(CompressionReport report) => report.Operators.Count == 0 ? "" : $"""
        <section>
        <h2>What limits the speed</h2>
        <p class="lead">Time of all nodes of one operator, one thread, as ONNX Runtime's profiler sees it (which costs some time itself). An operator is counted together in floats and in integers.{Swish(report)}</p>
        <div class="key"><span><i style="background:var(--before)"></i>float</span><span><i style="background:var(--after)"></i>{PageText.Of(Shown(report))}</span></div>
        <div class="wide"><table>
        <tr><th>Operator</th><th class="n">Float</th><th class="n">Small</th><th class="n">Of its time</th><th></th></tr>
        {Joined(report.Operators, each => Row(each, Bars / report.Operators.Max(other => Math.Max(other.Fp32Ms, other.Ms))))}
        </table></div>
        </section>
        """;

    // Because nobody finds x · sigmoid(x) under the name that the runtime gives it.
    private static string Swish(CompressionReport report) => report.Operators.Any(each => each is { Operator: "QuickGelu", Fp32Ms: > 0 })
        ? " QuickGelu is x · sigmoid(x) as one float operator; 8 bits need two, Sigmoid and Mul."
        : "";

    private static string Shown(CompressionReport report) => report.Variants.Concat(report.Rejected).FirstOrDefault()?.Kind ?? "small";

    private static string Row(OperatorTimeReport each, double perMillisecond) => $"""
        <tr><td class="name">{PageText.Of(each.Operator)}</td><td class="n">{Time(each.Fp32Ms)}</td><td class="n">{Time(each.Ms)}</td><td class="n">{(each.Ms == 0 ? "–" : Percent(each.Share, 0))}</td>
        <td class="bars"><svg viewBox="0 0 {Bars} 20" role="img" aria-label="{PageText.Of(each.Operator)}"><rect class="before" y="1" width="{At(each.Fp32Ms * perMillisecond)}" height="8" rx="2"/><rect class="after" y="11" width="{At(each.Ms * perMillisecond)}" height="8" rx="2"/></svg></td></tr>

        """;

    private static string Time(double milliseconds) => milliseconds == 0 ? "–" : $"{Number(milliseconds)} ms";
}
