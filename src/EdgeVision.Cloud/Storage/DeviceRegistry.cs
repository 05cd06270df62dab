using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which devices there are. Read from disk each time, so that a command in another process counts at the next connect.</summary>
internal sealed class DeviceRegistry(HubDatabase database)
{
    private const string Columns = "SELECT id, enabled, primary_key, secondary_key, generation FROM device";

    public Device? Find(string id) => database.Read(connection => Find(connection, id));

    public IReadOnlyList<Device> All() => database.Read(connection => connection.Query($"{Columns} ORDER BY id", Read));

    /// <summary>Adds a device with fresh keys and an empty twin; one that exists stays as it is.</summary>
    public Device Add(string id) => database.Write(connection => Find(connection, id) ?? Insert(connection, id));

    /// <summary>As <see cref="Add"/>, all in one transaction.</summary>
    public IReadOnlyList<Device> AddAll(IReadOnlyList<string> ids) => database.Write(connection => ids.Select(id => Find(connection, id) ?? Insert(connection, id)).ToArray());

    /// <returns>Whether there is such a device.</returns>
    public bool SetEnabled(string id, bool enabled) => database.Write(connection => connection.Execute("UPDATE device SET enabled = @enabled WHERE id = @id", ("@id", id), ("@enabled", enabled))) > 0;

    /// <summary>Removes a device and its twin; what it sent stays.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => database.Write(connection =>
    {
        connection.Execute("DELETE FROM twin WHERE device_id = @id", ("@id", id));
        return connection.Execute("DELETE FROM device WHERE id = @id", ("@id", id)) > 0;
    });

    private static Device? Find(DbConnection connection, string id) => connection.Query($"{Columns} WHERE id = @id", Read, ("@id", id)).FirstOrDefault();

    private static Device Insert(DbConnection connection, string id)
    {
        var device = new Device(id, Enabled: true, DataDirectory.NewKey(), DataDirectory.NewKey(), Guid.NewGuid().ToString("N"));
        connection.Execute(
            "INSERT INTO device VALUES (@id, 1, @primary, @secondary, @generation)",
            ("@id", id), ("@primary", device.PrimaryKey), ("@secondary", device.SecondaryKey), ("@generation", device.Generation));
        connection.Execute("INSERT INTO twin VALUES (@id, '{}', 1, '{}', 1)", ("@id", id));
        return device;
    }

    private static Device Read(DbDataReader row) => new(row.GetString(0), row.GetBoolean(1), row.GetString(2), row.GetString(3), row.GetString(4));
}
