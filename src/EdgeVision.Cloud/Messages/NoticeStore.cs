using System.Data.Common;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Messages;

/// <summary>What the hub has to tell the service: feedback about messages, and files that arrived. Kept until the service says that it has them, at most 100 000 of each.</summary>
internal sealed class NoticeStore(HubDatabase database)
{
    public const string Feedback = "feedback", Files = "files";
    private const int MaxKept = 100_000;

    public static void Add(DbConnection connection, string kind, JsonObject body, DateTimeOffset now) => connection.Execute(
        "INSERT INTO notice (kind, enqueued, body) VALUES (@kind, @now, @body)", ("@kind", kind), ("@now", now.ToUnixTimeMilliseconds()), ("@body", body.ToJsonString()));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<(long Sequence, JsonNode Body)> Read(string kind, int limit) => database.Read(connection => connection.Query(
        "SELECT sequence, body FROM notice WHERE kind = @kind ORDER BY sequence LIMIT @limit", row => (row.GetInt64(0), JsonNode.Parse(row.GetString(1))!), ("@kind", kind), ("@limit", limit)));

    /// <summary>Forgets what the service has: everything up to a sequence.</summary>
    /// <returns>How many there were.</returns>
    public int Remove(string kind, long upTo) =>
        database.Write(connection => connection.Execute("DELETE FROM notice WHERE kind = @kind AND sequence <= @last", ("@kind", kind), ("@last", upTo)));

    /// <summary>Forgets the oldest where nobody ever reads.</summary>
    public void Trim() => database.Write(connection => connection.Execute("DELETE FROM notice WHERE sequence <= (SELECT max(sequence) FROM notice) - @most", ("@most", MaxKept)));
}
