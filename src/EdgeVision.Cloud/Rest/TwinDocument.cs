using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>A twin as the service sees and writes it.</summary>
internal static class TwinDocument
{
    /// <summary>What a service may send back because it was in what it read; only tags and properties count.</summary>
    private static readonly HashSet<string> Known = new(
        ["deviceId", "moduleId", "modelId", "etag", "deviceEtag", "version", "status", "statusReason", "statusUpdateTime", "connectionState", "lastActivityTime", "cloudToDeviceMessageCount",
        "authenticationType", "x509Thumbprint", "capabilities", "deviceScope", "parentScopes", "tags", "properties"], StringComparer.Ordinal);

    public static JsonObject Describe(Twin twin, bool isEnabled, bool isConnected, bool withMetadata = true)
    {
        var json = twin.ToJson(withMetadata);
        json["status"] = isEnabled ? "enabled" : "disabled";
        json["connectionState"] = isConnected ? "Connected" : "Disconnected";
        return json;
    }

    /// <returns>Null when it is no such document, or changes nothing that a service may change.</returns>
    public static TwinUpdate? Read(byte[] body, bool replace)
    {
        if (JsonText.TryParseObject(body) is not { } json || json.Any(member => !Known.Contains(member.Key)) || json["properties"] is not (null or JsonObject))
        {
            return null;
        }

        var properties = json["properties"] as JsonObject ?? [];
        if (json["tags"] is not (null or JsonObject) || properties["desired"] is not (null or JsonObject) || (!replace && properties.ContainsKey("reported")))
        {
            return null;
        }

        var (tags, desired) = (json["tags"] as JsonObject, WithoutHubsOwn(properties["desired"] as JsonObject));
        return replace ? new TwinUpdate(tags ?? [], desired ?? [], Replace: true) : tags is null && desired is null ? null : new TwinUpdate(tags, desired);
    }

    /// <summary>What the hub adds when it is read, and a service sends back with the rest.</summary>
    private static JsonObject? WithoutHubsOwn(JsonObject? section)
    {
        section?.Remove("$version");
        section?.Remove("$metadata");
        return section;
    }
}
