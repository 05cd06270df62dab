using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.Json;

namespace EdgeVision.Cloud.Storage;

/// <summary>The messages of the last 7 days, and of those at most the last million.</summary>
internal sealed class TelemetryStore(HubDatabase database)
{
    public const int MaxMessages = 1_000_000;
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>Stores messages in one transaction: one fsync for all of them.</summary>
    public void Append(IReadOnlyList<TelemetryMessage> messages) => database.Write(connection =>
    {
        foreach (var message in messages)
        {
            connection.Execute(
                "INSERT INTO telemetry (device_id, enqueued, properties, system_properties, body) VALUES (@id, $enqueued, @properties, @system, @body)",
                ("@id", message.DeviceId), ("$enqueued", message.Enqueued.ToUnixTimeMilliseconds()),
                ("@properties", ToText(message.Properties)), ("@system", ToText(message.SystemProperties)), ("@body", message.Body));
        }

        return messages.Count;
    });

    /// <summary>Oldest first.</summary>
    /// <param name="deviceId">Null for those of all devices.</param>
    /// <param name="after">Sequence of the last one already known; 0 for none.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<TelemetryMessage> Read(string? deviceId, long after, int limit) => database.Read(connection => connection.Query(
        $"SELECT sequence, device_id, enqueued, properties, system_properties, body FROM telemetry WHERE {(deviceId is null ? "" : "device_id = @id AND ")}sequence > @after ORDER BY sequence LIMIT @limit",
        Read, deviceId is null ? [("@after", after), ("@limit", limit)] : [("@id", deviceId), ("@after", after), ("@limit", limit)]));

    /// <summary>Forgets what is too old or too much.</summary>
    public void Trim(DateTimeOffset now) => database.Write(connection => connection.Execute(
        """
        DELETE FROM telemetry WHERE sequence <= (SELECT max(sequence) FROM telemetry) - @most
            OR sequence < (SELECT sequence FROM telemetry WHERE enqueued >= @oldest ORDER BY sequence LIMIT 1)
        """,
        ("@most", MaxMessages), ("@oldest", (now - MaxAge).ToUnixTimeMilliseconds())));

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
