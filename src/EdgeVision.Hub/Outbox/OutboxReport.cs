using Microsoft.Data.Sqlite;

namespace EdgeVision.Hub;

/// <summary>What an outbox's file holds, seen from outside: the daemon may run meanwhile and is not disturbed. Messages in its memory are not seen.</summary>
/// <param name="Path">The file.</param>
/// <param name="Waiting">Messages.</param>
/// <param name="Oldest">When the oldest was made, by the device's clock then; null when none waits.</param>
/// <param name="DiskBytes">Database and log.</param>
/// <param name="Priorities">One for each priority of which something waits.</param>
/// <param name="Dropped">Messages given up since the file was begun.</param>
/// <param name="LastReceipt">The newest drop receipt, delivered or not; null when there is none.</param>
public sealed record OutboxReport(string Path, long Waiting, DateTimeOffset? Oldest, long DiskBytes, IReadOnlyList<OutboxShare> Priorities, long Dropped, DropReceipt? LastReceipt)
{
    /// <param name="path">The file.</param>
    /// <exception cref="HubException">It is not there, is no outbox, or a newer program wrote it.</exception>
    public static OutboxReport Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new HubException($"{path} is not there: the daemon makes it at its first start with a hub; look at device.state_directory");
        }

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
            connection.Open();
            return Read(connection, path);
        }
        catch (SqliteException exception)
        {
            throw new HubException($"{path} cannot be read: {exception.Message}. A damaged one is put aside by the daemon at its next start", exception);
        }
    }

    private static OutboxReport Read(SqliteConnection connection, string path)
    {
        if (connection.Number("PRAGMA user_version") != OutboxSchema.Version)
        {
            throw new HubException($"{path} is not an outbox of this program: look at it with the program that wrote it");
        }

        // one transaction, so that all figures are of one moment
        connection.Run("BEGIN");
        var shares = connection.Query(
            "SELECT priority, sum(count), sum(length(body)), min(made_from) FROM segment GROUP BY priority ORDER BY priority",
            row => (Share: new OutboxShare((TelemetryPriority)row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)), From: row.GetInt64(3)));
        return new OutboxReport(
            path, shares.Sum(share => share.Share.Messages), shares.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(shares.Min(share => share.From)),
            new FileInfo(path).Length + (File.Exists(path + "-wal") ? new FileInfo(path + "-wal").Length : 0), [.. shares.Select(share => share.Share)],
            connection.Number("SELECT dropped FROM counter"), OutboxSchema.Receipts(connection, "number = (SELECT max(number) FROM receipt)") is [var last] ? last : null);
    }
}
