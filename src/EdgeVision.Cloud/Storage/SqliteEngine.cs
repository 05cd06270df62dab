using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EdgeVision.Cloud.Storage;

/// <summary>A file of the data directory, with a write-ahead log, so that others read while one writes.</summary>
internal sealed class SqliteEngine(string file) : IDatabaseEngine
{
    public string Name => file;

    public string WayOut => "Restore it from a backup, or give another --data directory";

    // Immediate, because a read that turns into a write could find the database busy.
    public string Begin => "BEGIN IMMEDIATE";

    public DbConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout = 10000");
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public string Translate(string definitions) => definitions;

    public long ReadVersion(DbConnection connection) => connection.Query("PRAGMA user_version", row => row.GetInt64(0))[0];

    public void WriteVersion(DbConnection connection, long version) => connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));

    public long ReadSize(DbConnection connection) =>
        connection.Query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()", row => row.GetInt64(0))[0];
}
