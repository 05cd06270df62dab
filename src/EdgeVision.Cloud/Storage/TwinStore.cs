using System.Data.Common;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Storage;

/// <summary>The twins, each change on disk before anybody is told of it.</summary>
internal sealed class TwinStore(HubDatabase database)
{
    public Twin? Find(string deviceId) => database.Read(connection => Find(connection, deviceId));

    /// <param name="deviceId">Whose.</param>
    /// <param name="section">Which half.</param>
    /// <param name="patch">Merged: objects merge, arrays and scalars replace, null removes.</param>
    /// <param name="ifMatch">The <see cref="Twin.ETag"/> it was made for; null or * applies to whatever is there.</param>
    public TwinPatchResult Patch(string deviceId, TwinSection section, JsonObject patch, string? ifMatch = null)
    {
        if (TwinLimits.Violation(patch) is { } violation)
        {
            return new(TwinPatchOutcome.BadPatch, 0, violation);
        }

        return database.Write(connection => Find(connection, deviceId) switch
        {
            null => new(TwinPatchOutcome.NoSuchDevice, 0, $"There is no device '{deviceId}'."),
            { } twin when ifMatch is not (null or "*") && ifMatch.Trim('"') != twin.ETag.Trim('"') =>
                new(TwinPatchOutcome.Changed, 0, $"The twin of '{deviceId}' changed meanwhile: read it again."),
            { } twin => Apply(connection, twin, section, patch),
        });
    }

    private static TwinPatchResult Apply(DbConnection connection, Twin twin, TwinSection section, JsonObject patch)
    {
        var (properties, version) = section == TwinSection.Desired ? (twin.Desired, twin.DesiredVersion + 1) : (twin.Reported, twin.ReportedVersion + 1);
        JsonMergePatch.Apply(properties, patch);
        if (TwinLimits.SizeOf(properties) > TwinLimits.MaxSectionBytes)
        {
            return new(TwinPatchOutcome.TooLarge, 0, $"The section would be over {TwinLimits.MaxSectionBytes} bytes.");
        }

        connection.Execute(
            section == TwinSection.Desired
                ? "UPDATE twin SET desired = @json, desired_version = @version WHERE device_id = @id"
                : "UPDATE twin SET reported = @json, reported_version = @version WHERE device_id = @id",
            ("@id", twin.DeviceId), ("@json", properties.ToJsonString()), ("@version", version));
        return new(TwinPatchOutcome.Applied, version, "");
    }

    private static Twin? Find(DbConnection connection, string deviceId) => connection.Query(
        "SELECT device_id, desired, desired_version, reported, reported_version FROM twin WHERE device_id = @id",
        row => new Twin(row.GetString(0), Parse(row.GetString(1)), row.GetInt64(2), Parse(row.GetString(3)), row.GetInt64(4)),
        ("@id", deviceId)).FirstOrDefault();

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
