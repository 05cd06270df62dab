namespace EdgeVision.Compression;

/// <summary>A report as one page that needs nothing beside it: no script, no font, no picture from elsewhere; the same report always gives the same page.</summary>
/// <remarks>For screens by day and night, for phones, and for paper. Every text from outside is encoded.</remarks>
public static class ReportPage
{
    public static string Write(CompressionReport report) => PageFrame.Of($"{report.Subject.Model} {report.Subject.Version}: compression report", $"""
        {VerdictSection.Of(report)}
        {VariantSection.Of(report)}
        {LatencySection.Of(report)}
        {OperatorSection.Of(report)}
        {DisagreementSection.Of(report)}
        {SensitivitySection.Of(report)}
        {HistogramSection.Of(report)}
        {FusionSection.Of(report)}
        {CandidateSection.Of(report)}
        {ProvenanceSection.Of(report)}
        """);
}
