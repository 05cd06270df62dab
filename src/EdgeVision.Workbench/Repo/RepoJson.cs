using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Workbench;

/// <summary>A repository as JSON.</summary>
internal static class RepoJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(JsonNode json) => Console.WriteLine(json.ToJsonString(Readable));

    public static JsonNode Of(SignatureNeed need) => new JsonObject
    {
        ["role"] = need.Role, ["version"] = need.Version, ["by"] = need.By, ["threshold"] = need.Threshold, ["signed"] = Texts(need.Signed), ["missing"] = Texts(need.Missing),
    };

    public static JsonObject Of(RepositoryRelease release) => new()
    {
        ["model"] = release.Model, ["version"] = release.Version, ["counter"] = release.Counter, ["manifestSha256"] = release.ManifestSha256, ["manifestSize"] = release.ManifestSize,
        ["published"] = release.IsPublished, ["revoked"] = release.IsRevoked,
    };

    public static JsonObject Of(RepositoryStatus status) => new()
    {
        ["healthy"] = status.IsHealthy,
        ["development"] = status.IsDevelopment,
        ["roles"] = new JsonArray([.. status.Roles.Select(Of)]),
        ["waiting"] = new JsonArray([.. status.Waiting.Select(Of)]),
        ["changes"] = Texts(status.Changes),
        ["releases"] = new JsonArray([.. status.Releases.Select(Of)]),
        ["policy"] = status.Policy.ToJson(),
        ["nextToExpire"] = status.Next?.Role,
    };

    private static JsonObject Of(RoleStatus role) => new()
    {
        ["role"] = role.Role, ["version"] = role.Version, ["threshold"] = role.Threshold, ["keys"] = Texts(role.Keys.Keys), ["expires"] = role.Expires, ["daysLeft"] = Math.Round(role.DaysLeft, 2),
        ["due"] = role.IsDue, ["expired"] = role.IsExpired,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
