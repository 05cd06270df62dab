using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>A device that may connect.</summary>
/// <param name="Id">Case-sensitive.</param>
/// <param name="Enabled">A disabled one is refused and keeps its twin.</param>
/// <param name="PrimaryKey">Base64.</param>
/// <param name="SecondaryKey">Base64; valid as well, so that keys can be changed without a gap.</param>
/// <param name="Generation">Tells this device from one of the same name that was removed.</param>
internal sealed record Device(string Id, bool Enabled, string PrimaryKey, string SecondaryKey, string Generation)
{
    public string Status => Enabled ? "enabled" : "disabled";

    /// <summary>As Azure's registry answers, keys included: only the owner of the service key asks.</summary>
    public JsonObject ToJson() => new()
    {
        ["deviceId"] = Id,
        ["generationId"] = Generation,
        ["status"] = Status,
        ["authentication"] = new JsonObject
        {
            ["type"] = "sas",
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = PrimaryKey, ["secondaryKey"] = SecondaryKey },
        },
    };
}
