using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What a device should be (desired) and says it is (reported), and what only the service notes about it (tags); each section counts its changes from 1.</summary>
internal sealed record Twin(string DeviceId, JsonObject Tags, long TagsVersion, JsonObject Desired, long DesiredVersion, JsonObject Reported, long ReportedVersion)
{
    public required TwinMetadata DesiredMetadata { get; init; }

    public required TwinMetadata ReportedMetadata { get; init; }

    /// <summary>Grows whenever the service changes desired properties or tags; what If-Match is compared with.</summary>
    public long ServiceVersion => DesiredVersion + TagsVersion - 1;

    /// <summary>What a device gets, which never sees <c>$metadata</c>: {"desired":{...,"$version":n},"reported":{...,"$version":m}}.</summary>
    public JsonObject Sections() => new() { ["desired"] = WithVersion(Desired, DesiredVersion), ["reported"] = WithVersion(Reported, ReportedVersion) };

    /// <summary>What the service gets.</summary>
    /// <param name="withMetadata">Without, it is what queries look at.</param>
    public JsonObject ToJson(bool withMetadata = true) => new()
    {
        ["deviceId"] = DeviceId,
        ["etag"] = ETag.Of(ServiceVersion).Trim('"'),
        ["version"] = ServiceVersion + ReportedVersion - 1,
        ["tags"] = Tags.DeepClone(),
        ["properties"] = withMetadata ? SectionsWithMetadata() : Sections(),
    };

    public static JsonObject WithVersion(JsonObject section, long version)
    {
        var copy = (JsonObject)section.DeepClone();
        copy["$version"] = version;
        return copy;
    }

    private JsonObject SectionsWithMetadata()
    {
        var sections = Sections();
        ((JsonObject)sections["desired"]!).Insert(Desired.Count, "$metadata", DesiredMetadata.Of(Desired));
        ((JsonObject)sections["reported"]!).Insert(Reported.Count, "$metadata", ReportedMetadata.Of(Reported));
        return sections;
    }
}
