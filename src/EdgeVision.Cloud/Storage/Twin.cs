using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What a device should be (desired) and says it is (reported), and what only the service notes about it (tags); each section counts its changes from 1.</summary>
internal sealed record Twin(string DeviceId, JsonObject Tags, long TagsVersion, JsonObject Desired, long DesiredVersion, JsonObject Reported, long ReportedVersion)
{
    /// <summary>Grows whenever the service changes desired properties or tags; what If-Match is compared with.</summary>
    public long ServiceVersion => DesiredVersion + TagsVersion - 1;

    /// <summary>What a device gets: {"desired":{...,"$version":n},"reported":{...,"$version":m}}.</summary>
    public JsonObject Sections() => new() { ["desired"] = WithVersion(Desired, DesiredVersion), ["reported"] = WithVersion(Reported, ReportedVersion) };

    /// <summary>What the service gets.</summary>
    public JsonObject ToJson() => new()
    {
        ["deviceId"] = DeviceId,
        ["etag"] = ETag.Of(ServiceVersion).Trim('"'),
        ["version"] = ServiceVersion + ReportedVersion - 1,
        ["tags"] = Tags.DeepClone(),
        ["properties"] = Sections(),
    };

    public static JsonObject WithVersion(JsonObject section, long version)
    {
        var copy = (JsonObject)section.DeepClone();
        copy["$version"] = version;
        return copy;
    }
}
