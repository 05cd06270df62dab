using System.Data.Common;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which devices and modules there are. Read from disk each time, so that a change by another process counts at the next connect.</summary>
/// <param name="database">Where.</param>
/// <param name="time">Null for the machine's.</param>
internal sealed class DeviceRegistry(HubDatabase database, TimeProvider? time = null)
{
    public const int MaxModules = 50;
    private const string Columns = "SELECT id, enabled, authentication, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint, generation, etag FROM device";

    public Device? Find(string id) => database.Read(connection => Find(connection, id));

    /// <summary>Devices, without their modules.</summary>
    public IReadOnlyList<Device> All() => Page("", int.MaxValue);

    public IReadOnlyList<Device> ModulesOf(string deviceId) => database.Read(connection => ModulesOf(connection, deviceId));

    /// <summary>Devices in the order of their names, those behind one.</summary>
    public IReadOnlyList<Device> Page(string after, int limit) =>
        database.Read(connection => connection.Query($"{Columns} WHERE id > @after AND id NOT LIKE '%/%' ORDER BY id LIMIT @limit", Read, ("@after", after), ("@limit", limit)));

    public (long All, long Enabled) Count() =>
        database.Read(connection => connection.Query("SELECT count(*), coalesce(sum(enabled), 0) FROM device WHERE id NOT LIKE '%/%'", row => (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null))))[0];

    /// <summary>Adds a device with an empty twin; one that exists stays as it is.</summary>
    /// <param name="id">Device id, or device/module.</param>
    /// <param name="credentials">Null for fresh keys.</param>
    /// <param name="by">Who; null for whoever runs this program.</param>
    public Device Add(string id, DeviceCredentials? credentials = null, string? by = null) =>
        database.Write(connection => Find(connection, id) ?? Insert(connection, id, new DeviceChange(Credentials: credentials), by));

    /// <summary>As <see cref="Add"/>, all in one transaction.</summary>
    public IReadOnlyList<Device> AddAll(IReadOnlyList<string> ids) =>
        database.Write(connection => ids.Select(id => Find(connection, id) ?? Insert(connection, id, new DeviceChange(), by: null)).ToArray());

    /// <returns>Null when the device has <see cref="MaxModules"/> already.</returns>
    public Device? AddModule(string id, DeviceCredentials? credentials = null, string? by = null) => database.Write(connection =>
        Find(connection, id) is { } known ? known
            : ModulesOf(connection, id.Split(Device.ModuleMark)[0]).Count >= MaxModules ? null
            : Insert(connection, id, new DeviceChange(Credentials: credentials), by));

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

    /// <summary>Removes a device with its modules, twins, subscriptions and waiting messages; what it sent stays.</summary>
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

        foreach (var one in ModulesOf(connection, id).Append(device))
        {
            connection.Execute("DELETE FROM device_message WHERE device_id = @id", ("@id", one.Id));
            connection.Execute("DELETE FROM subscription WHERE device_id = @id", ("@id", one.Id));
            connection.Execute("DELETE FROM twin WHERE device_id = @id", ("@id", one.Id));
            connection.Execute("DELETE FROM device WHERE id = @id", ("@id", one.Id));
            AuditTrail.Record(connection, by, AuditAction.DeviceRemoved, one.Id, []);
        }

        return RegistryOutcome.Done;
    });

    private static Device? Find(DbConnection connection, string id) => connection.Query($"{Columns} WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    // '0' is the sign after '/': a range, because LIKE would take the '_' of a name for a wildcard.
    private static List<Device> ModulesOf(DbConnection connection, string deviceId) =>
        connection.Query($"{Columns} WHERE id > @first AND id < @last ORDER BY id", Read, ("@first", deviceId + "/"), ("@last", deviceId + "0"))
            .FindAll(module => module.DeviceId == deviceId && module.IsModule);

    private Device Insert(DbConnection connection, string id, DeviceChange with, string? by)
    {
        var device = with.ApplyTo(new Device(id, Enabled: true, DeviceCredentials.NewKeys(), Guid.NewGuid().ToString("N")));
        connection.Execute(
            """
            INSERT INTO device (id, enabled, authentication, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint, generation, etag)
            VALUES (@id, @enabled, @type, @key1, @key2, @print1, @print2, @generation, @etag)
            """,
            [.. Values(device), ("@generation", device.Generation)]);
        connection.Execute(
            "INSERT INTO twin (device_id, desired, desired_version, reported, reported_version, metadata_since) VALUES (@id, '{}', 1, '{}', 1, @now)",
            ("@id", id), ("@now", (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds()));
        AuditTrail.Record(connection, by, AuditAction.DeviceAdded, id, new JsonObject { ["status"] = device.Status });
        return device;
    }

    private static Device Update(DbConnection connection, Device device, DeviceChange change, string? by)
    {
        var changed = change.ApplyTo(device) with { Version = device.Version + 1 };
        connection.Execute(
            """
            UPDATE device SET enabled = @enabled, authentication = @type, primary_key = @key1, secondary_key = @key2, primary_thumbprint = @print1, secondary_thumbprint = @print2, etag = @etag
            WHERE id = @id
            """,
            Values(changed));
        AuditTrail.Record(
            connection, by, AuditAction.DeviceUpdated, device.Id, new JsonObject { ["status"] = changed.Status, ["keysChanged"] = changed.Credentials != device.Credentials });
        return changed;
    }

    private static (string Name, object? Value)[] Values(Device device) =>
    [
        ("@id", device.Id), ("@enabled", device.Enabled ? 1L : 0L), ("@type", device.Credentials.TypeName), ("@etag", device.Version),
        ("@key1", device.Credentials.PrimaryKey), ("@key2", device.Credentials.SecondaryKey),
        ("@print1", device.Credentials.PrimaryThumbprint), ("@print2", device.Credentials.SecondaryThumbprint),
    ];

    private static Device Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1) != 0,
        new DeviceCredentials(DeviceCredentials.TypeOf(row.GetString(2)) ?? DeviceAuthentication.Sas, row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        row.GetString(7), row.GetInt64(8));
}
