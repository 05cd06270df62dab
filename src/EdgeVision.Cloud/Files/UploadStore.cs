using System.Text.Json.Nodes;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Files;

/// <summary>Which files are on their way. One that never ends gives its place back after an hour, when its permission has run out.</summary>
internal sealed class UploadStore(HubDatabase database, TimeProvider time)
{
    public const int MaxAtOnce = 10;
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <returns>Null when the device has <see cref="MaxAtOnce"/> on their way.</returns>
    public Upload? TryStart(string deviceId, string blobName) => database.Write(connection =>
    {
        var now = time.GetUtcNow();
        connection.Execute("DELETE FROM upload WHERE started < @oldest", ("@oldest", (now - Life).ToUnixTimeMilliseconds()));
        if (connection.Query("SELECT count(*) FROM upload WHERE device_id = @id", row => row.GetInt64(0), ("@id", deviceId))[0] >= MaxAtOnce)
        {
            return null;
        }

        var upload = new Upload(Guid.NewGuid().ToString("N"), deviceId, $"{deviceId}/{blobName}");
        connection.Execute(
            "INSERT INTO upload (correlation_id, device_id, blob_name, started) VALUES (@correlation, @id, @blob, @now)",
            ("@correlation", upload.CorrelationId), ("@id", deviceId), ("@blob", upload.BlobName), ("@now", now.ToUnixTimeMilliseconds()));
        return upload;
    });

    /// <summary>Ends an upload and, where the file arrived, tells the service of it; both or neither.</summary>
    /// <returns>False when this device has no such upload.</returns>
    public bool TryEnd(string deviceId, string correlationId, Func<Upload, JsonObject>? notice) => database.Write(connection =>
    {
        var found = connection.Query(
            "SELECT correlation_id, device_id, blob_name FROM upload WHERE correlation_id = @correlation AND device_id = @id",
            row => new Upload(row.GetString(0), row.GetString(1), row.GetString(2)), ("@correlation", correlationId), ("@id", deviceId));
        if (found is not [var upload])
        {
            return false;
        }

        connection.Execute("DELETE FROM upload WHERE correlation_id = @correlation", ("@correlation", correlationId));
        if (notice is not null)
        {
            NoticeStore.Add(connection, NoticeStore.Files, notice(upload), time.GetUtcNow());
        }

        return true;
    });
}
