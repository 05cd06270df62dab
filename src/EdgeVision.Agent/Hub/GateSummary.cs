using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What the gates found, in the few words that a fleet can be asked for: golden, shadow and probation each <c>pass</c>, <c>fail</c> or <c>hold</c>, agreement with the model before, slowest per cent.</summary>
/// <remarks>The last gate has failed where the deployment ended badly in it. Example: <c>{"golden":"pass","shadow":"hold","agreement":0.61,"p99":38}</c>. The whole evidence of the last gate goes beside it.</remarks>
internal static class GateSummary
{
    private static readonly string[] Gates = ["golden", "shadow", "probation"];

    public static JsonObject Of(UpdateReport report)
    {
        var summary = new JsonObject();
        var gates = GatesOf(report);
        foreach (var (gate, evidence) in gates)
        {
            summary[gate] = gate == gates[^1].Key ? LastOf(report) : "pass";
            Put(summary, "agreement", Number(evidence, "agreement"));
            Put(summary, "p99", Number(evidence, "p99") ?? ChosenP99(evidence));
        }

        return summary;
    }

    /// <summary>Of the last gate, as JSON text; empty while there is none.</summary>
    public static string EvidenceOf(UpdateReport report) => GatesOf(report) is [.., var last] ? last.Value?.ToJsonString() ?? "" : "";

    private static List<KeyValuePair<string, JsonNode?>> GatesOf(UpdateReport report) => [.. report.Gate.Where(pair => Gates.Contains(pair.Key))];

    private static void Put(JsonObject summary, string name, JsonNode? value)
    {
        if (value is not null)
        {
            summary[name] = value;
        }
    }

    private static string LastOf(UpdateReport report) =>
        report.State == UpdateState.AwaitingDecision ? "hold"
        : report.Code is >= UpdateCode.Parse and < UpdateCode.Cancelled ? "fail"
        : "pass";

    /// <summary>An exam measures every variant of the package.</summary>
    private static JsonNode? ChosenP99(JsonNode? evidence) => evidence is JsonObject json && json["chosen"] is JsonValue chosen && json["variants"] is JsonArray variants
        ? Number(variants.FirstOrDefault(variant => variant is JsonObject each && each["variant"] is JsonValue name && JsonNode.DeepEquals(name, chosen)), "p99")
        : null;

    private static JsonNode? Number(JsonNode? evidence, string name) =>
        evidence is JsonObject json && json[name] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.DeepClone() : null;
}
