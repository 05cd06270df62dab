using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The updater's report as the reported property <c>modelUpdate</c>, which is a component in IoT Plug and Play's words.</summary>
/// <remarks>At most 4096 bytes: where the evidence of the last gate does not fit, it is left out. Documented for people in <c>docs/remote.md</c>.</remarks>
internal static class UpdateTwin
{
    public const string Key = "modelUpdate";
    private const int MostBytes = 4096, MostReasonLetters = 500, LeastReasonLetters = 150;

    public static JsonObject Of(UpdateReport report, WishAnswer answer)
    {
        var json = new JsonObject
        {
            ["__t"] = "c",
            ["ac"] = answer.Code, ["av"] = answer.Version, ["ad"] = Brief(answer.Description),
            ["deploymentId"] = report.DeploymentId,
            ["state"] = report.State.ToString(),
            ["progress"] = report.Progress,
            ["active"] = report.ActiveDigest, ["activeModel"] = report.ActiveModel, ["activeVersion"] = report.ActiveVersion, ["activeVariant"] = report.ActiveVariant,
            ["previous"] = report.PreviousDigest,
            ["counter"] = report.Counter,
            ["attempt"] = report.Attempt,
            ["result"] = new JsonObject { ["code"] = (int)report.Code, ["ext"] = 0, ["reason"] = Brief(report.Reason) },
            ["gate"] = GateSummary.Of(report),
            ["evidence"] = GateSummary.EvidenceOf(report),
            ["auditHead"] = report.AuditHead,
            ["catalogueVersion"] = report.CatalogueVersion,
        };
        if (IsTooLarge(json))
        {
            json["evidence"] = "";
        }

        if (IsTooLarge(json)) // letters that JSON writes as six bytes
        {
            (json["ad"], json["result"]!["reason"]) = (Brief(answer.Description, LeastReasonLetters), Brief(report.Reason, LeastReasonLetters));
        }

        return json;
    }

    /// <summary>A report that says nothing but how far the download is.</summary>
    public static bool IsProgressOnly(UpdateReport before, UpdateReport after) => before != after && before with { Progress = after.Progress } == after;

    private static bool IsTooLarge(JsonObject json) => Encoding.UTF8.GetByteCount(json.ToJsonString()) > MostBytes;

    private static string Brief(string text, int most = MostReasonLetters) => text.Length > most ? text[..most] + "..." : text;
}
