using System.Data.Common;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Storage;

/// <summary>The twins, each change on disk before anybody is told of it.</summary>
/// <param name="database">Where.</param>
/// <param name="time">Null for the machine's.</param>
internal sealed class TwinStore(HubDatabase database, TimeProvider? time = null)
{
    private const string Columns =
        "device_id, tags, tags_version, desired, desired_version, reported, reported_version, desired_metadata, reported_metadata, metadata_since";

    private DateTimeOffset Now => (time ?? TimeProvider.System).GetUtcNow();

    public Twin? Find(string deviceId) => database.Read(connection => Find(connection, deviceId));

    /// <summary>Twins of devices (not of modules) in the order of their names, those behind one, each with whether its device is enabled.</summary>
    public IReadOnlyList<(Twin Twin, bool IsEnabled)> Page(string after, int limit) => database.Read(connection => connection.Query(
        $"SELECT {Columns}, enabled FROM twin JOIN device ON id = device_id WHERE device_id > @after AND device_id NOT LIKE '%/%' ORDER BY device_id LIMIT @limit",
        row => (Read(row), row.GetInt64(10) != 0), ("@after", after), ("@limit", limit)));

    /// <summary>What a device says of itself.</summary>
    public TwinPatchResult Report(string deviceId, JsonObject patch) => TwinLimits.Violation(patch) is { } violation
        ? new(TwinPatchOutcome.BadPatch, 0, violation)
        : database.Write(connection => Find(connection, deviceId) is { } twin ? Report(connection, twin, patch) : NoSuchDevice(deviceId));

    /// <param name="deviceId">Whose.</param>
    /// <param name="update">What the service wants.</param>
    /// <param name="ifMatch">The etag it was made for; null or * applies to whatever is there.</param>
    /// <param name="by">Who; null for whoever runs this program.</param>
    public TwinPatchResult Update(string deviceId, TwinUpdate update, string? ifMatch = null, string? by = null)
    {
        if (update.Violation() is { } violation)
        {
            return new(TwinPatchOutcome.BadPatch, 0, violation);
        }

        return database.Write(connection => Find(connection, deviceId) switch
        {
            null => NoSuchDevice(deviceId),
            { } twin when !ETag.Matches(ifMatch, twin.ServiceVersion) => new(TwinPatchOutcome.Changed, 0, $"The twin of '{deviceId}' changed meanwhile: read it again."),
            { } twin => Update(connection, twin, update, by),
        });
    }

    private TwinPatchResult Report(DbConnection connection, Twin twin, JsonObject patch)
    {
        var metadata = twin.ReportedMetadata.After(twin.Reported, patch, Now, version: null);
        JsonMergePatch.Apply(twin.Reported, patch);
        if (TwinLimits.SizeOf(twin.Reported) > TwinLimits.MaxSectionBytes)
        {
            return TooLarge("reported properties", TwinLimits.MaxSectionBytes);
        }

        connection.Execute(
            "UPDATE twin SET reported = @json, reported_version = @version, reported_metadata = @metadata WHERE device_id = @id",
            ("@id", twin.DeviceId), ("@json", twin.Reported.ToJsonString()), ("@version", twin.ReportedVersion + 1), ("@metadata", metadata.Json));
        return new(TwinPatchOutcome.Applied, twin.ReportedVersion + 1, "");
    }

    private TwinPatchResult Update(DbConnection connection, Twin twin, TwinUpdate update, string? by)
    {
        var changed = twin with
        {
            Tags = update.Tags is null ? twin.Tags : update.Apply(twin.Tags, update.Tags), TagsVersion = twin.TagsVersion + (update.Tags is null ? 0 : 1),
            Desired = update.Desired is null ? twin.Desired : update.Apply(twin.Desired, update.Desired), DesiredVersion = twin.DesiredVersion + (update.Desired is null ? 0 : 1),
            DesiredMetadata = update.Desired is null ? twin.DesiredMetadata : twin.DesiredMetadata.After(update.Replace ? null : twin.Desired, update.Desired, Now, twin.DesiredVersion + 1),
        };
        if (TwinLimits.SizeOf(changed.Desired) > TwinLimits.MaxSectionBytes)
        {
            return TooLarge("desired properties", TwinLimits.MaxSectionBytes);
        }

        if (TwinLimits.SizeOf(changed.Tags) > TwinLimits.MaxTagsBytes)
        {
            return TooLarge("tags", TwinLimits.MaxTagsBytes);
        }

        connection.Execute(
            """
            UPDATE twin SET tags = @tags, tags_version = @tagsVersion, desired = @desired, desired_version = @version, desired_metadata = @metadata WHERE device_id = @id
            """,
            ("@id", twin.DeviceId), ("@tags", changed.Tags.ToJsonString()), ("@tagsVersion", changed.TagsVersion), ("@desired", changed.Desired.ToJsonString()), ("@version", changed.DesiredVersion),
            ("@metadata", changed.DesiredMetadata.Json));
        AuditTrail.Record(connection, by, AuditAction.TwinUpdated, twin.DeviceId, update.ToJson(changed.DesiredVersion));
        return new(TwinPatchOutcome.Applied, changed.DesiredVersion, "");
    }

    private static TwinPatchResult NoSuchDevice(string deviceId) => new(TwinPatchOutcome.NoSuchDevice, 0, $"There is no device '{deviceId}'.");

    private static TwinPatchResult TooLarge(string what, int most) => new(TwinPatchOutcome.TooLarge, 0, $"The {what} would be over {most} bytes.");

    private static Twin? Find(DbConnection connection, string deviceId) => connection.Query($"SELECT {Columns} FROM twin WHERE device_id = @id", Read, ("@id", deviceId)).FirstOrDefault();

    private static Twin Read(DbDataReader row)
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9));
        return new Twin(row.GetString(0), Parse(row.GetString(1)), row.GetInt64(2), Parse(row.GetString(3)), row.GetInt64(4), Parse(row.GetString(5)), row.GetInt64(6))
        {
            DesiredMetadata = new TwinMetadata(row.GetString(7), since), ReportedMetadata = new TwinMetadata(row.GetString(8), since),
        };
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
