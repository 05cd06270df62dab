using System.Data.Common;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Who changed what and when: written in the transaction of the change, so neither is there without the other. The last million entries are kept.</summary>
internal sealed class AuditTrail(HubDatabase database)
{
    public const int MaxEntries = 1_000_000;

    /// <summary>Whoever runs a command on the directory itself.</summary>
    public static string Local => $"local:{Environment.UserName}";

    /// <summary>Part of the transaction that makes the change.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="actor">Null for whoever runs this program.</param>
    /// <param name="action">One of <see cref="AuditAction"/>.</param>
    /// <param name="target">Which device, key or destination.</param>
    /// <param name="detail">What changed; never a secret.</param>
    public static void Record(DbConnection connection, string? actor, string action, string target, JsonObject detail) => connection.Execute(
        "INSERT INTO audit (at, actor, action, target, detail) VALUES (@at, @actor, @action, @target, @detail)",
        ("@at", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()), ("@actor", actor ?? Local), ("@action", action), ("@target", target), ("@detail", detail.ToJsonString()));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AuditEntry> Read(long after, int limit, string? target = null) => database.Read(connection => connection.Query(
        $"SELECT sequence, at, actor, action, target, detail FROM audit WHERE {(target is null ? "" : "target = @target AND ")}sequence > @after ORDER BY sequence LIMIT @limit",
        row => new AuditEntry(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4), JsonNode.Parse(row.GetString(5))!.AsObject()),
        target is null ? [("@after", after), ("@limit", limit)] : [("@target", target), ("@after", after), ("@limit", limit)]));

    /// <summary>Sequence of the newest entry; 0 when there is none.</summary>
    public long Newest() => database.Read(connection => connection.Query("SELECT max(sequence) FROM audit", row => row.IsDBNull(0) ? 0 : row.GetInt64(0)))[0];

    public void Trim() => database.Write(connection => connection.Execute("DELETE FROM audit WHERE sequence <= (SELECT max(sequence) FROM audit) - @most", ("@most", MaxEntries)));
}
