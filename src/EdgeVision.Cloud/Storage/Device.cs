using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>A device that may connect.</summary>
/// <param name="Id">Case-sensitive.</param>
/// <param name="Enabled">A disabled one is refused and keeps its twin.</param>
/// <param name="PrimaryKey">Base64.</param>
/// <param name="SecondaryKey">Base64; valid as well, so that keys can be changed without a gap.</param>
/// <param name="Generation">Tells this device from one of the same name that was removed.</param>
/// <param name="Version">Counts changes, from 1.</param>
internal sealed record Device(string Id, bool Enabled, string PrimaryKey, string SecondaryKey, string Generation, long Version = 1)
{
    public string Status => Enabled ? "enabled" : "disabled";

    /// <summary>As Azure's registry answers.</summary>
    /// <param name="withKeys">Only for those who may change the device anyway.</param>
    public JsonObject ToJson(bool withKeys = true) => new()
    {
        ["deviceId"] = Id,
        ["generationId"] = Generation,
        ["etag"] = ETag.Of(Version).Trim('"'),
        ["status"] = Status,
        ["authentication"] = new JsonObject
        {
            ["type"] = "sas",
            ["symmetricKey"] = new JsonObject { ["primaryKey"] = withKeys ? PrimaryKey : null, ["secondaryKey"] = withKeys ? SecondaryKey : null },
        },
    };
}
