using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Keys of the service side. A key is 256 random bits and shown once; what is kept is its SHA-256, from which nobody can make it.</summary>
internal sealed class ApiKeyStore(HubDatabase database)
{
    public const string Prefix = "evk_";
    private const string Columns = "SELECT name, role, hash FROM api_key";

    /// <summary>A name that people and logs can take: 1 to 64 of A-Z a-z 0-9 . _ : -</summary>
    public static bool IsValidName(string name) => name.Length <= 64 && Hub.DeviceIds.IsValid(name);

    /// <returns>The key; null when the name is taken.</returns>
    public string? Add(string name, ServiceRole role, string? by = null)
    {
        var key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return Insert(name, role, HashOf(key), by) ? key : null;
    }

    /// <summary>Lets a client certificate in, by its common name.</summary>
    /// <returns>False when the name is taken.</returns>
    public bool AddCertificate(string commonName, ServiceRole role, string? by = null) => Insert(commonName, role, null, by);

    public bool Remove(string name, string? by = null) => database.Write(connection =>
    {
        var isGone = connection.Execute("DELETE FROM api_key WHERE name = @name", ("@name", name)) > 0;
        if (isGone)
        {
            AuditTrail.Record(connection, by, AuditAction.KeyRemoved, name, []);
        }

        return isGone;
    });

    public IReadOnlyList<ApiKey> All() => database.Read(connection => connection.Query($"{Columns} ORDER BY name", Read));

    public ApiKey? FindKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal)
        ? database.Read(connection => connection.Query($"{Columns} WHERE hash = @hash", Read, ("@hash", HashOf(key)))).FirstOrDefault()
        : null;

    public ApiKey? FindCertificate(string commonName) =>
        database.Read(connection => connection.Query($"{Columns} WHERE name = @name AND hash IS NULL", Read, ("@name", commonName))).FirstOrDefault();

    private bool Insert(string name, ServiceRole role, string? hash, string? by) => database.Write(connection =>
    {
        var isNew = connection.Execute(
            "INSERT INTO api_key (name, role, hash, created) VALUES (@name, @role, @hash, @now) ON CONFLICT DO NOTHING",
            ("@name", name), ("@role", ServiceRoles.NameOf(role)), ("@hash", hash), ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())) > 0;
        if (isNew)
        {
            AuditTrail.Record(connection, by, AuditAction.KeyAdded, name, new JsonObject { ["role"] = ServiceRoles.NameOf(role), ["kind"] = hash is null ? "certificate" : "key" });
        }

        return isNew;
    });

    private static ApiKey Read(DbDataReader row) => new(row.GetString(0), ServiceRoles.Parse(row.GetString(1))!.Value, row.IsDBNull(2));

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
