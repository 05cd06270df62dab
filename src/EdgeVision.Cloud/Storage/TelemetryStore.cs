using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.Json;

namespace EdgeVision.Cloud.Storage;

/// <summary>The messages of the last 7 days, and of those at most the last million.</summary>
internal sealed class TelemetryStore(HubDatabase database)
{
    public const int MaxMessages = 1_000_000;
    private const int RowsPerStatement = 64, PageBytes = 4 * 1024 * 1024;
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>Stores messages in one transaction, in their order: one fsync for all of them.</summary>
    public void Append(IReadOnlyList<TelemetryMessage> messages) => database.Write(connection =>
    {
        // Many rows in one statement, because the way to another machine costs more than a row.
        foreach (var some in messages.Chunk(RowsPerStatement))
        {
            var rows = string.Join(", ", Enumerable.Range(0, some.Length).Select(i => $"(@id{i}, @at{i}, @properties{i}, @system{i}, @body{i})"));
            connection.Execute($"INSERT INTO telemetry (device_id, enqueued, properties, system_properties, body) VALUES {rows}", [.. some.SelectMany(Values)]);
        }

        return messages.Count;
    });

    /// <summary>Oldest first.</summary>
    /// <param name="deviceId">Null for those of all devices.</param>
    /// <param name="after">Sequence of the last one already known; 0 for none.</param>
    /// <param name="limit">At most so many, and only so many that their bodies are about 4 MB: what is read lies in memory.</param>
    public IReadOnlyList<TelemetryMessage> Read(string? deviceId, long after, int limit) => database.Read(connection => connection.Query(
        $"""
        SELECT sequence, device_id, enqueued, properties, system_properties, body FROM (
            SELECT page.*, sum(length(body)) OVER (ORDER BY sequence) - length(body) AS before FROM (
                SELECT * FROM telemetry WHERE {(deviceId is null ? "" : "device_id = @id AND ")}sequence > @after ORDER BY sequence LIMIT @limit) AS page) AS sized
        WHERE before < {PageBytes} ORDER BY sequence
        """,
        Read, deviceId is null ? [("@after", after), ("@limit", limit)] : [("@id", deviceId), ("@after", after), ("@limit", limit)]));

    /// <summary>Sequence of the newest message; 0 when there is none.</summary>
    public long Newest() => database.Read(Newest);

    /// <summary>Forgets what is too old or too much. A destination that had not got it yet goes on behind it, and what it missed is counted.</summary>
    /// <returns>Destinations that missed something, and how much.</returns>
    public IReadOnlyList<(string Destination, long Lost)> Trim(DateTimeOffset now) => database.Write(connection =>
    {
        var last = connection.Query(
            """
            SELECT max(sequence) FROM telemetry WHERE sequence <= (SELECT max(sequence) FROM telemetry) - @most
                OR sequence < (SELECT sequence FROM telemetry WHERE enqueued >= @oldest ORDER BY sequence LIMIT 1)
            """,
            row => row.IsDBNull(0) ? 0 : row.GetInt64(0), ("@most", MaxMessages), ("@oldest", (now - MaxAge).ToUnixTimeMilliseconds()))[0];
        var lost = last == 0 ? [] : DestinationStore.SkipTo(connection, last);
        connection.Execute("DELETE FROM telemetry WHERE sequence <= @last", ("@last", last));
        return lost;
    });

    internal static long Newest(DbConnection connection) => connection.Query("SELECT max(sequence) FROM telemetry", row => row.IsDBNull(0) ? 0 : row.GetInt64(0))[0];

    private static IEnumerable<(string Name, object? Value)> Values(TelemetryMessage message, int row) =>
    [
        ($"@id{row}", message.DeviceId), ($"@at{row}", message.Enqueued.ToUnixTimeMilliseconds()), ($"@properties{row}", ToText(message.Properties)),
        ($"@system{row}", ToText(message.SystemProperties)), ($"@body{row}", message.Body),
    ];

    private static TelemetryMessage Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), FromText(row.GetString(3)), FromText(row.GetString(4)), (byte[])row.GetValue(5));

    private static string ToText(IReadOnlyDictionary<string, string> properties)
    {
        var json = new JsonObject();
        foreach (var (key, value) in properties)
        {
            json[key] = value;
        }

        return json.ToJsonString();
    }

    private static Dictionary<string, string> FromText(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!);
    }
}
