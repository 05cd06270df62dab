using System.Globalization;
using System.Text;

namespace EdgeVision.Trainer;

/// <summary>A quality report for people.</summary>
internal static class QualityText
{
    public static string Of(QualityReport report)
    {
        var text = new StringBuilder();
        var survey = report.Survey;
        text.Append(CultureInfo.InvariantCulture, $"{survey.Candidates.Count} pictures in {string.Join(", ", survey.Sources.Select(source => source.Path))}; {survey.Candidates.Count - report.Refusals.Count} can be used\n");
        text.Append(CultureInfo.InvariantCulture, $"{survey.Classes.Count} classes: {string.Join(", ", survey.Classes.Select((name, id) => $"{name} {report.Counts[id]}"))}\n");
        foreach (var finding in report.Findings.OrderByDescending(finding => finding.Gravity))
        {
            Append(text, finding);
        }

        return text.Append(report.Findings.Count == 0 ? "nothing was found\n" : "").ToString();
    }

    private static void Append(StringBuilder text, Finding finding)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{Word(finding.Gravity)} ({FindingWords.Of(finding.Kind)}): {finding.What}\n    {finding.Advice}\n");
        foreach (var example in finding.Examples)
        {
            text.Append(CultureInfo.InvariantCulture, $"      {example}\n");
        }

        var more = finding.Count - finding.Examples.Count;
        text.Append(finding.Examples.Count == Finding.MaxExamples && more > 0 ? string.Create(CultureInfo.InvariantCulture, $"      and {more} more\n") : "");
    }

    private static string Word(FindingGravity gravity) => gravity switch { FindingGravity.Dishonest => "DISHONEST", FindingGravity.Warning => "warning", _ => "note" };
}
