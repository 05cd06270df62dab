using static EdgeVision.Compression.PageText;

namespace EdgeVision.Compression;

/// <summary>From what, with what and where this was made: what an auditor needs to make it again.</summary>
internal static class ProvenanceSection
{
    public static string Of(CompressionReport report) => Of(report.Provenance, report.Subject);

    private static string Of(ReportProvenance from, ReportSubject subject) => $"""
        <section>
        <h2>Provenance</h2>
        <dl>
        {Fact("Made with", $"{from.Tool}, ONNX Runtime {from.Runtime}")}
        {Fact("Machine", $"{from.Processor}, {from.Threads} threads")}
        {Code("Model package", from.ModelDigest)}
        {Code("Float network", $"sha256:{from.NetworkSha256}")}
        {Fact("Calibration", $"{from.Calibration}, {from.CalibrationPictures} pictures")}
        {Code("", from.CalibrationDigest)}
        {Fact("Evaluation", $"{from.Evaluation}, {subject.Items} pictures")}
        {Code("", from.EvaluationDigest)}
        {Joined(from.Settings, setting => Fact(setting.Key, setting.Value))}
        </dl>
        </section>
        """;

    private static string Code(string what, string value) => $"<dt>{PageText.Of(what)}</dt><dd><code>{PageText.Of(value)}</code></dd>\n";
}
