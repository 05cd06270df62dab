using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>Which models were published, and which deployments were ordered.</summary>
internal sealed class ReleaseStore(HubDatabase database)
{
    private const string Columns = "SELECT model, version, counter, manifest_sha256, manifest_size FROM release";

    public IReadOnlyList<Release> All() => database.Read(connection => connection.Query($"{Columns} ORDER BY model, counter, version", Read));

    public Release? Find(string model, string version) => database.Read(connection => Find(connection, model, version));

    /// <returns>What is recorded under this model and version: the same, or what was there before.</returns>
    public Release Add(Release release, DateTimeOffset now) => database.Write(connection =>
    {
        connection.Execute(
            "INSERT INTO release VALUES (@model, @version, @counter, @sha256, @size, @now) ON CONFLICT DO NOTHING",
            ("@model", release.Model), ("@version", release.Version), ("@counter", release.Counter), ("@sha256", release.ManifestSha256), ("@size", release.ManifestSize),
            ("@now", now.ToUnixTimeMilliseconds()));
        return Find(connection, release.Model, release.Version)!;
    });

    /// <returns>A number that no other rollout of this hub has.</returns>
    public long StartRollout(string deviceId, Release release, DateTimeOffset now) => database.Write(connection => connection.Query(
        "INSERT INTO rollout (device_id, model, version, started) VALUES (@id, @model, @version, @now) RETURNING number",
        row => row.GetInt64(0),
        ("@id", deviceId), ("@model", release.Model), ("@version", release.Version), ("@now", now.ToUnixTimeMilliseconds())))[0];

    private static Release? Find(DbConnection connection, string model, string version) =>
        connection.Query($"{Columns} WHERE model = @model AND version = @version", Read, ("@model", model), ("@version", version)).FirstOrDefault();

    private static Release Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));
}
