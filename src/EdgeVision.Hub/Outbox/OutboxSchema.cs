using Microsoft.Data.Sqlite;

namespace EdgeVision.Hub;

/// <summary>The tables of the outbox, and small ways to speak to them.</summary>
internal static class OutboxSchema
{
    public const int Version = 1;

    /// <summary>A small page, because a flush of one second is 1 to 2 KB and each page it touches is written twice: to the log and to the
    /// database. Measured at 10 events/s: 0.7 times the messages with 1 KB, 0.9 with 2 KB, 1.4 with 4 KB.</summary>
    public const int PageBytes = 1024;

    private const string Tables = """
        CREATE TABLE segment (
            first INTEGER PRIMARY KEY, last INTEGER NOT NULL, count INTEGER NOT NULL, priority INTEGER NOT NULL, made_from INTEGER NOT NULL, made_to INTEGER NOT NULL,
            boot INTEGER NOT NULL, expires_kernel INTEGER NOT NULL, expires_wall INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE receipt (
            number INTEGER PRIMARY KEY, settled INTEGER NOT NULL, cause INTEGER NOT NULL, priority INTEGER NOT NULL, count INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, made_from INTEGER NOT NULL, made_to INTEGER NOT NULL);
        CREATE TABLE counter (one INTEGER PRIMARY KEY, next INTEGER NOT NULL, dropped INTEGER NOT NULL);
        INSERT INTO counter VALUES (1, 1, 0);
        PRAGMA user_version = 1;
        """;

    public static void Create(SqliteConnection connection)
    {
        connection.Run($"PRAGMA page_size = {PageBytes}");
        connection.Run("PRAGMA journal_mode = WAL");
        connection.Run("BEGIN IMMEDIATE");
        connection.Run(Tables);
        connection.Run("COMMIT");
    }

    /// <exception cref="SqliteException">The file is damaged.</exception>
    public static OutboxContents Read(SqliteConnection connection)
    {
        var segments = connection.Query(
            "SELECT first, last, count, priority, made_from, made_to, boot, expires_kernel, expires_wall, length(body) FROM segment ORDER BY first",
            row => new OutboxSegment(
                row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), (TelemetryPriority)row.GetInt32(3), row.GetInt64(4), row.GetInt64(5),
                new Expiry(row.GetInt64(6), row.GetInt64(7), row.GetInt64(8))) { Bytes = row.GetInt32(9) });
        var receipts = Receipts(connection, "settled = 0");
        var (next, dropped) = connection.Query("SELECT next, dropped FROM counter", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        return new OutboxContents(segments, receipts, connection.Number("SELECT coalesce(max(number), 0) FROM receipt"), next, dropped);
    }

    public static IReadOnlyList<DropReceipt> Receipts(SqliteConnection connection, string condition) => connection.Query(
        $"SELECT number, cause, priority, count, first, last, made_from, made_to FROM receipt WHERE {condition} ORDER BY number",
        row => new DropReceipt(
            row.GetInt64(0), (DropCause)row.GetInt32(1), (TelemetryPriority)row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)));

    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteNonQuery();
    }

    public static IReadOnlyList<T> Query<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var results = new List<T>();
        while (rows.Read())
        {
            results.Add(read(rows));
        }

        return results;
    }

    public static long Number(this SqliteConnection connection, string sql) => connection.Query(sql, row => row.GetInt64(0))[0];
}
