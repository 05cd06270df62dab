using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which devices and modules there are. Read from disk each time, so that a command in another process counts at the next connect.</summary>
internal sealed class DeviceRegistry(HubDatabase database)
{
    public const int MaxModules = 50;
    private const string Columns = "SELECT id, enabled, authentication, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint, generation FROM device";

    public Device? Find(string id) => database.Read(connection => Find(connection, id));

    /// <summary>Devices, without their modules.</summary>
    public IReadOnlyList<Device> All() => database.Read(connection => connection.Query($"{Columns} WHERE id NOT LIKE '%/%' ORDER BY id", Read));

    public IReadOnlyList<Device> ModulesOf(string deviceId) => database.Read(connection => ModulesOf(connection, deviceId));

    /// <summary>Adds a device with an empty twin; one that exists stays as it is.</summary>
    /// <param name="id">Device id, or device/module.</param>
    /// <param name="credentials">Null for fresh keys.</param>
    public Device Add(string id, DeviceCredentials? credentials = null) =>
        database.Write(connection => Find(connection, id) ?? Insert(connection, id, credentials ?? DeviceCredentials.NewKeys()));

    /// <returns>Null when the device has <see cref="MaxModules"/> already.</returns>
    public Device? AddModule(string id, DeviceCredentials? credentials = null) => database.Write(connection =>
        Find(connection, id) is { } known ? known
            : ModulesOf(connection, id.Split(Device.ModuleMark)[0]).Count >= MaxModules ? null
            : Insert(connection, id, credentials ?? DeviceCredentials.NewKeys()));

    /// <returns>Whether there is such a device.</returns>
    public bool SetEnabled(string id, bool enabled) =>
        database.Write(connection => connection.Execute("UPDATE device SET enabled = @enabled WHERE id = @id", ("@id", id), ("@enabled", enabled ? 1 : 0))) > 0;

    /// <returns>Whether there is such a device.</returns>
    public bool SetCredentials(string id, DeviceCredentials credentials) => database.Write(connection => connection.Execute(
        """
        UPDATE device SET authentication = @type, primary_key = @key1, secondary_key = @key2, primary_thumbprint = @print1, secondary_thumbprint = @print2 WHERE id = @id
        """,
        ("@id", id), ("@type", credentials.TypeName), ("@key1", credentials.PrimaryKey), ("@key2", credentials.SecondaryKey),
        ("@print1", credentials.PrimaryThumbprint), ("@print2", credentials.SecondaryThumbprint))) > 0;

    /// <summary>Removes a device with its modules, twins and waiting messages; what it sent stays.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => database.Write(connection =>
    {
        foreach (var module in ModulesOf(connection, id))
        {
            RemoveOne(connection, module.Id);
        }

        return RemoveOne(connection, id);
    });

    private static bool RemoveOne(DbConnection connection, string id)
    {
        connection.Execute("DELETE FROM device_message WHERE device_id = @id", ("@id", id));
        connection.Execute("DELETE FROM twin WHERE device_id = @id", ("@id", id));
        return connection.Execute("DELETE FROM device WHERE id = @id", ("@id", id)) > 0;
    }

    private static Device? Find(DbConnection connection, string id) => connection.Query($"{Columns} WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    // '0' is the sign after '/': a range, because LIKE would take the '_' of a name for a wildcard.
    private static List<Device> ModulesOf(DbConnection connection, string deviceId) =>
        connection.Query($"{Columns} WHERE id > @first AND id < @last ORDER BY id", Read, ("@first", deviceId + "/"), ("@last", deviceId + "0"))
            .FindAll(module => module.DeviceId == deviceId && module.IsModule);

    private static Device Insert(DbConnection connection, string id, DeviceCredentials credentials)
    {
        var device = new Device(id, Enabled: true, credentials, Guid.NewGuid().ToString("N"));
        connection.Execute(
            """
            INSERT INTO device (id, enabled, authentication, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint, generation)
            VALUES (@id, 1, @type, @key1, @key2, @print1, @print2, @generation)
            """,
            ("@id", id), ("@type", credentials.TypeName), ("@key1", credentials.PrimaryKey), ("@key2", credentials.SecondaryKey),
            ("@print1", credentials.PrimaryThumbprint), ("@print2", credentials.SecondaryThumbprint), ("@generation", device.Generation));
        connection.Execute("INSERT INTO twin (device_id, desired, desired_version, reported, reported_version) VALUES (@id, '{}', 1, '{}', 1)", ("@id", id));
        return device;
    }

    private static Device Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1) != 0,
        new DeviceCredentials(DeviceCredentials.TypeOf(row.GetString(2)) ?? DeviceAuthentication.Sas, row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        row.GetString(7));
}
