using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What a device should be (desired) and says it is (reported); each section counts its changes from 1.</summary>
internal sealed record Twin(string DeviceId, JsonObject Desired, long DesiredVersion, JsonObject Reported, long ReportedVersion)
{
    /// <summary>Changes whenever the desired section does; what If-Match is compared with.</summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"{DesiredVersion}\"");

    /// <summary>What a device gets: {"desired":{...,"$version":n},"reported":{...,"$version":m}}.</summary>
    public JsonObject Sections() => new() { ["desired"] = WithVersion(Desired, DesiredVersion), ["reported"] = WithVersion(Reported, ReportedVersion) };

    /// <summary>What the service gets.</summary>
    public JsonObject ToJson() => new()
    {
        ["deviceId"] = DeviceId,
        ["etag"] = ETag.Trim('"'),
        ["version"] = DesiredVersion + ReportedVersion - 1,
        ["properties"] = Sections(),
    };

    public static JsonObject WithVersion(JsonObject section, long version)
    {
        var copy = (JsonObject)section.DeepClone();
        copy["$version"] = version;
        return copy;
    }
}
