using System.Globalization;

namespace EdgeVision.Trainer.Measurement;

/// <summary>An evaluation in lines for people.</summary>
internal static class EvaluationText
{
    public static IEnumerable<string> Of(EvaluationReport report)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{report.Metric} {Bounded(report.Value, report.Low, report.High)} on {report.N} pictures, {report.LatencyMsP50:0.000} ms a picture");
        if (report.Auroc is { } area)
        {
            yield return $"area under ROC {Bounded(area.Value, area.Low, area.High)}";
        }

        foreach (var slice in report.Slices)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {slice.By + " " + slice.Name,-28} {Bounded(slice.Value, slice.Low, slice.High)} of {slice.Count}");
        }

        if (report.Compare is { } other)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"against {other.Model}, {Bounded(other.Value, other.Low, other.High)}: {Math.Abs(other.Drop):0.00} points {(other.Drop > 0 ? "worse" : other.Drop < 0 ? "better" : "off")} (drop {other.DropLow:0.00} to {other.DropHigh:0.00}), p = {other.P:0.0000} ({other.Test}); right only there {other.Lost}, only here {other.Won}");
        }

        if (report.Gate is { } gate)
        {
            yield return $"gate {(gate.Passed ? "passed" : "refused")}: {gate.Reason}.";
        }
    }

    private static string Bounded(double value, double low, double high) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.00} % ({100 * low:0.00} to {100 * high:0.00})");
}
