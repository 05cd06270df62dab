namespace EdgeVision.Compression;

/// <summary>A report as one page that needs nothing beside it: no script, no font, no picture from elsewhere; the same report always gives the same page.</summary>
/// <remarks>For screens by day and night, for phones, and for paper. Every text from outside is encoded.</remarks>
public static class ReportPage
{
    public static string Write(CompressionReport report) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{PageText.Of(report.Subject.Model)} {PageText.Of(report.Subject.Version)}: compression report</title>
        <style>
        {PageStyle.Css}
        </style>
        </head>
        <body>
        <main>
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
        </main>
        </body>
        </html>

        """;
}
