using System.Data.Common;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>Which devices may provision themselves, and which have. Read from disk each time, so that a command in another process counts at once.</summary>
internal sealed class EnrollmentStore(HubDatabase database)
{
    private const string Columns = "SELECT id, is_group, enabled, device_id, attestation, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint FROM enrollment";

    public IReadOnlyList<Enrollment> All() => database.Read(connection => connection.Query($"{Columns} ORDER BY id", Read));

    /// <summary>The one of this very device, or every group, of which one may be its.</summary>
    public IReadOnlyList<Enrollment> Candidates(string registrationId) => database.Read(connection =>
        connection.Query($"{Columns} WHERE id = @id AND is_group = 0", Read, ("@id", registrationId.ToLowerInvariant())) is [var own]
            ? [own] : connection.Query($"{Columns} WHERE is_group = 1 ORDER BY id", Read));

    /// <returns>False when there is one of that name.</returns>
    public bool TryAdd(Enrollment enrollment) => database.Write(connection => connection.Execute(
        "INSERT INTO enrollment (id, is_group, enabled, device_id, attestation, primary_key, secondary_key, primary_thumbprint, secondary_thumbprint) "
        + "VALUES (@id, @group, @enabled, @device, @type, @key1, @key2, @print1, @print2) ON CONFLICT DO NOTHING",
        ("@id", enrollment.Id), ("@group", enrollment.IsGroup ? 1 : 0), ("@enabled", enrollment.Enabled ? 1 : 0), ("@device", enrollment.DeviceId),
        ("@type", enrollment.Credentials.TypeName), ("@key1", enrollment.Credentials.PrimaryKey), ("@key2", enrollment.Credentials.SecondaryKey),
        ("@print1", enrollment.Credentials.PrimaryThumbprint), ("@print2", enrollment.Credentials.SecondaryThumbprint))) > 0;

    /// <summary>Nobody new comes by it; devices that came stay.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => database.Write(connection => connection.Execute("DELETE FROM enrollment WHERE id = @id", ("@id", id))) > 0;

    public Registration? FindRegistration(string registrationId) => database.Read(connection => Find(connection, registrationId));

    public Registration Register(string registrationId, string enrollmentId, string deviceId, DateTimeOffset now) => database.Write(connection =>
    {
        connection.Execute(
            """
            INSERT INTO registration (id, enrollment_id, device_id, created, updated, etag) VALUES (@id, @enrollment, @device, @now, @now, @etag)
            ON CONFLICT (id) DO UPDATE SET enrollment_id = excluded.enrollment_id, device_id = excluded.device_id, updated = excluded.updated, etag = excluded.etag
            """,
            ("@id", registrationId.ToLowerInvariant()), ("@enrollment", enrollmentId), ("@device", deviceId), ("@now", now.ToUnixTimeMilliseconds()), ("@etag", Guid.NewGuid().ToString()));
        return Find(connection, registrationId)!;
    });

    private static Registration? Find(DbConnection connection, string registrationId) => connection.Query(
        "SELECT id, enrollment_id, device_id, created, updated, etag FROM registration WHERE id = @id",
        row => new Registration(
            row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)), row.GetString(5)),
        ("@id", registrationId.ToLowerInvariant())).FirstOrDefault();

    private static Enrollment Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1) != 0, row.GetInt64(2) != 0, row.GetString(3),
        new DeviceCredentials(DeviceCredentials.TypeOf(row.GetString(4)) ?? DeviceAuthentication.Sas, row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8)));
}
