using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVision.Trainer;

/// <summary>A quality report for programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", UseStringEnumConverter = true)]
[JsonSerializable(typeof(QualitySummary))]
internal sealed partial class QualityJson : JsonSerializerContext
{
    public static string Write(QualityReport report)
    {
        var readable = new QualityJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var survey = report.Survey;
        return JsonSerializer.Serialize(new QualitySummary(survey.Candidates.Count, survey.Candidates.Count - report.Refusals.Count,
            [.. survey.Classes.Select((name, id) => new ClassCount(name, report.Counts[id]))], report.Findings,
            [.. report.Refusals.OrderBy(refusal => refusal.Key).Select(refusal => new VersionExclusion(survey.Candidates[refusal.Key].Source, survey.Candidates[refusal.Key].Name, refusal.Value.Kind, refusal.Value.Reason))]),
            readable.QualitySummary);
    }
}
