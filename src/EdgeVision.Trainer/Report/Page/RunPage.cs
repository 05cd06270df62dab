using EdgeVision.Compression;

namespace EdgeVision.Trainer.Report;

/// <summary>A run as a page. Every text from outside, as names of classes and files, is encoded.</summary>
internal static class RunPage
{
    private const string Style = """
        svg .curve { fill: none; stroke-width: 2; stroke-linejoin: round; } svg .a { stroke: var(--after); } svg .b { stroke: var(--before); stroke-dasharray: 6 4; } svg .dot { stroke: none; } svg .a.dot { fill: var(--after); } svg .b.dot { fill: var(--before); }
        .heat { border-collapse: separate; border-spacing: 2px; width: auto; } .heat th, .heat td { border: 0; padding: 5px 6px; }
        .heat th { text-align: right; color: var(--ink); white-space: nowrap; } .heat thead th { vertical-align: bottom; } .heat thead span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 140px; overflow: hidden; text-overflow: ellipsis; }
        .heat td { min-width: 52px; text-align: center; border-radius: 4px; vertical-align: middle; line-height: 1.25; } .heat td.z { color: var(--soft); }
        .heat td.right { background: color-mix(in srgb, var(--after) var(--s), transparent); } .heat td.wrong { background: color-mix(in srgb, var(--bad) var(--s), transparent); }
        .heat td small { font-size: 11px; color: inherit; opacity: .75; }
        .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(124px, 1fr)); gap: 16px 14px; } .gallery img { aspect-ratio: 1; max-height: none; image-rendering: pixelated; } .gallery img.smooth { image-rendering: auto; }
        .gallery figcaption { line-height: 1.35; overflow-wrap: anywhere; } .gallery code { font-size: 11px; color: var(--soft); }
        .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px; align-items: start; } .square { max-width: 420px; }
        .tiles { grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); } .plots { grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); }
        h3 { font-size: 14px; margin: 14px 0 6px; font-weight: 650; }

        """;

    public static string Write(RunFindings findings) => PageFrame.Of($"{findings.Name}: training report", $"""
        {SummarySection.Of(findings)}
        {CurveSection.Of(findings)}
        {ConfusionSection.Of(findings)}
        {DetectionSection.Of(findings)}
        {MistakeSection.Of(findings)}
        {ConfidenceSection.Of(findings)}
        {DataSection.Of(findings)}
        {SettingsSection.Of(findings)}
        """, Style);
}
