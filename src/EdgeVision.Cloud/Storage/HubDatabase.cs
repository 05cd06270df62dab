using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EdgeVision.Cloud.Storage;

/// <summary>The hub's database: SQLite with a write-ahead log, so that commands read while the hub writes.</summary>
/// <remarks>
/// One connection per process, used by one thread at a time. synchronous=FULL, because a message is acknowledged on the strength of a commit and must survive a power cut;
/// a commit is one fsync, which telemetry shares among all messages that wait (see <see cref="Mqtt.TelemetryIntake"/>).
/// </remarks>
internal sealed class HubDatabase : IDisposable
{
    private const int SchemaVersion = 2;
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();

    private HubDatabase(SqliteConnection connection) => _connection = connection;

    /// <exception cref="CloudException">The file is no database of this program, or of a newer one.</exception>
    public static HubDatabase Open(DataDirectory directory)
    {
        var database = new HubDatabase(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.Database, Pooling = false }.ToString()));
        try
        {
            database._connection.Open();
            database.Prepare(directory.Database);
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw new CloudException($"{directory.Database} cannot be used: {exception.Message}. Restore it from a backup, or give another --data directory.", exception);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public T Read<T>(Func<DbConnection, T> read)
    {
        lock (_gate)
        {
            return read(_connection);
        }
    }

    /// <summary>In one transaction that is on disk when this returns.</summary>
    public T Write<T>(Func<DbConnection, T> write)
    {
        lock (_gate)
        {
            // By hand, because the statements of the stores then need not name the transaction. Immediate, because a read that turns into a write could find the database busy.
            _connection.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = write(_connection);
                _connection.Execute("COMMIT");
                return result;
            }
            catch
            {
                RollBack();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Prepare(string file)
    {
        _connection.Execute("PRAGMA busy_timeout = 10000");
        _connection.Execute("PRAGMA synchronous = FULL");
        var version = Version();
        if (version == 0)
        {
            _connection.Execute("PRAGMA journal_mode = WAL");
        }

        if (version < SchemaVersion)
        {
            // Asked again inside the transaction, because another process may prepare the same file.
            Write(connection => (Version() < 1 ? connection.Execute(Schema) : 0) + (Version() < SchemaVersion ? connection.Execute(WireSchema.Step2) : 0));
        }

        if (version > SchemaVersion)
        {
            throw new CloudException($"{file} was written by a newer edgevision-cloud (schema {version}, this one knows {SchemaVersion}). Use that one.");
        }
    }

    private void RollBack()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk has rolled back by itself; what the caller must see is the first failure.
        }
    }

    private long Version() => _connection.Query("PRAGMA user_version", row => row.GetInt64(0))[0];

    private const string Schema = """
        CREATE TABLE device (
            id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, primary_key TEXT NOT NULL, secondary_key TEXT NOT NULL, generation TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE twin (
            device_id TEXT PRIMARY KEY REFERENCES device (id),
            desired TEXT NOT NULL, desired_version INTEGER NOT NULL, reported TEXT NOT NULL, reported_version INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE telemetry (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL, enqueued INTEGER NOT NULL, properties TEXT NOT NULL, system_properties TEXT NOT NULL, body BLOB NOT NULL);
        CREATE INDEX telemetry_of_device ON telemetry (device_id, sequence);
        CREATE TABLE release (
            model TEXT NOT NULL, version TEXT NOT NULL, counter INTEGER NOT NULL, manifest_sha256 TEXT NOT NULL, manifest_size INTEGER NOT NULL, published INTEGER NOT NULL,
            PRIMARY KEY (model, version)) WITHOUT ROWID;
        CREATE TABLE rollout (
            number INTEGER PRIMARY KEY AUTOINCREMENT, device_id TEXT NOT NULL, model TEXT NOT NULL, version TEXT NOT NULL, started INTEGER NOT NULL);
        PRAGMA user_version = 1;
        """;
}
