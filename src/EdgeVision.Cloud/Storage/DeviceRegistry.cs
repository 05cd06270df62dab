using System.Data.Common;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which devices there are. Read from disk each time, so that a change by another process counts at the next connect.</summary>
internal sealed class DeviceRegistry(HubDatabase database)
{
    private const string Columns = "SELECT id, enabled, primary_key, secondary_key, generation, etag FROM device";

    public Device? Find(string id) => database.Read(connection => Find(connection, id));

    public IReadOnlyList<Device> All() => Page("", int.MaxValue);

    /// <summary>In the order of their names, those behind one.</summary>
    public IReadOnlyList<Device> Page(string after, int limit) =>
        database.Read(connection => connection.Query($"{Columns} WHERE id > @after ORDER BY id LIMIT @limit", Read, ("@after", after), ("@limit", limit)));

    public (long All, long Enabled) Count() =>
        database.Read(connection => connection.Query("SELECT count(*), coalesce(sum(enabled), 0) FROM device", row => (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null))))[0];

    /// <summary>Adds a device with fresh keys and an empty twin; one that exists stays as it is.</summary>
    public Device Add(string id, string? by = null) => database.Write(connection => Find(connection, id) ?? Insert(connection, id, new DeviceChange(), by));

    /// <summary>Adds a device that must not be there yet.</summary>
    public (RegistryOutcome Outcome, Device? Device) Create(string id, DeviceChange with, string? by = null) => database.Write<(RegistryOutcome, Device?)>(connection =>
        Find(connection, id) is { } there ? (RegistryOutcome.Exists, there) : (RegistryOutcome.Done, Insert(connection, id, with, by)));

    /// <param name="id">Which.</param>
    /// <param name="change">What.</param>
    /// <param name="ifMatch">The etag it was made for; null or * applies to whatever is there.</param>
    /// <param name="by">Who; null for whoever runs this program.</param>
    public (RegistryOutcome Outcome, Device? Device) Update(string id, DeviceChange change, string? ifMatch = null, string? by = null) => database.Write<(RegistryOutcome, Device?)>(connection =>
        Find(connection, id) switch
        {
            null => (RegistryOutcome.NoSuchDevice, null),
            { } device when !ETag.Matches(ifMatch, device.Version) => (RegistryOutcome.Changed, device),
            { } device => (RegistryOutcome.Done, Update(connection, device, change, by)),
        });

    /// <summary>Removes a device and its twin; what it sent stays.</summary>
    public RegistryOutcome Remove(string id, string? ifMatch = null, string? by = null) => database.Write(connection =>
    {
        if (Find(connection, id) is not { } device)
        {
            return RegistryOutcome.NoSuchDevice;
        }

        if (!ETag.Matches(ifMatch, device.Version))
        {
            return RegistryOutcome.Changed;
        }

        connection.Execute("DELETE FROM twin WHERE device_id = @id", ("@id", id));
        connection.Execute("DELETE FROM device WHERE id = @id", ("@id", id));
        AuditTrail.Record(connection, by, AuditAction.DeviceRemoved, id, []);
        return RegistryOutcome.Done;
    });

    private static Device? Find(DbConnection connection, string id) => connection.Query($"{Columns} WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    private static Device Insert(DbConnection connection, string id, DeviceChange with, string? by)
    {
        var device = with.ApplyTo(new Device(id, Enabled: true, DataDirectory.NewKey(), DataDirectory.NewKey(), Guid.NewGuid().ToString("N")));
        connection.Execute(
            "INSERT INTO device (id, enabled, primary_key, secondary_key, generation) VALUES (@id, @enabled, @primary, @secondary, @generation)",
            ("@id", id), ("@enabled", device.Enabled ? 1L : 0L), ("@primary", device.PrimaryKey), ("@secondary", device.SecondaryKey), ("@generation", device.Generation));
        connection.Execute("INSERT INTO twin (device_id, desired, desired_version, reported, reported_version) VALUES (@id, '{}', 1, '{}', 1)", ("@id", id));
        AuditTrail.Record(connection, by, AuditAction.DeviceAdded, id, new JsonObject { ["status"] = device.Status });
        return device;
    }

    private static Device Update(DbConnection connection, Device device, DeviceChange change, string? by)
    {
        var changed = change.ApplyTo(device) with { Version = device.Version + 1 };
        connection.Execute(
            "UPDATE device SET enabled = @enabled, primary_key = @primary, secondary_key = @secondary, etag = @etag WHERE id = @id",
            ("@id", device.Id), ("@enabled", changed.Enabled ? 1L : 0L), ("@primary", changed.PrimaryKey), ("@secondary", changed.SecondaryKey), ("@etag", changed.Version));
        var keysChanged = changed.PrimaryKey != device.PrimaryKey || changed.SecondaryKey != device.SecondaryKey;
        AuditTrail.Record(connection, by, AuditAction.DeviceUpdated, device.Id, new JsonObject { ["status"] = changed.Status, ["keysChanged"] = keysChanged });
        return changed;
    }

    private static Device Read(DbDataReader row) => new(row.GetString(0), row.GetInt64(1) != 0, row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5));
}
