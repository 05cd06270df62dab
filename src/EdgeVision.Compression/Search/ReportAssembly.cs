using System.Globalization;
using System.Reflection;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Findings to a report.</summary>
internal static class ReportAssembly
{
    public static CompressionReport Of(SearchFindings findings)
    {
        var rows = new VariantRows(findings);
        return new CompressionReport
        {
            Verdict = VerdictText.Of(findings, rows),
            Holds = findings.Accepted.Count > 0,
            Subject = SubjectOf(findings),
            Baseline = rows.Baseline(),
            Variants = [.. findings.Accepted.Select(variant => rows.Of(variant, null))],
            Rejected = [.. findings.Refused.OrderBy(variant => variant.Drop).Select(variant => rows.Of(variant, VerdictText.Refusal(variant, findings.Request.MaxDrop)))],
            Operators = findings.Shown is { } timed ? OperatorTable.Of(findings.Subject, timed) : [],
            Candidates = findings.Candidates,
            Layers = findings.Layers,
            Histograms = HistogramChoice.Of(findings),
            Disagreements = findings.Shown is { } shown ? new DisagreementGallery(findings).Collect(shown) : [],
            Changes = findings.Prepared.Changes,
            Warnings = findings.Warnings,
            Provenance = ProvenanceOf(findings),
        };
    }

    private static ReportSubject SubjectOf(SearchFindings findings)
    {
        var manifest = findings.Subject.Manifest;
        var input = manifest.Io.Inputs[0];
        var summary = ModelSummary.Of(findings.Prepared.Open(), findings.Subject.InputShapes);
        return new ReportSubject(
            manifest.Model, manifest.Version, $"{input.Name} {input.Type} [{string.Join(", ", input.Shape)}]", summary.Parameters, summary.Macs ?? 0, findings.Before.Metric, findings.Before.Count);
    }

    private static ReportProvenance ProvenanceOf(SearchFindings findings)
    {
        var (request, dataset) = (findings.Request, findings.Bench.Dataset);
        return new ReportProvenance(
            $"edgevision {typeof(ReportAssembly).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}",
            Inference.TensorNetwork.RuntimeVersion, findings.Subject.Package.Digest, findings.Subject.Digest,
            request.Calibration, findings.Pictures.Count, findings.Pictures.Digest, request.Evaluation, dataset.Digest,
            new Dictionary<string, string>
            {
                ["Target"] = request.Target.ToString(), ["Objective"] = request.Objective.ToString(), ["Most points to lose"] = request.MaxDrop.ToString(CultureInfo.InvariantCulture),
                ["Calibration pictures, at most"] = request.CalibrationLimit.ToString(CultureInfo.InvariantCulture),
            },
            MachineName.Read(), Environment.ProcessorCount);
    }
}
