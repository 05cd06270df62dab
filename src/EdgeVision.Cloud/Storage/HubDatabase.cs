using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>The hub's database: a SQLite file of the data directory, or PostgreSQL where one was named.</summary>
/// <remarks>
/// Two connections per process, one to read and one to write, so that nobody who reads waits for a disk; each used by one thread at a time. A write is alone, also among processes.
/// A message is acknowledged on the strength of a commit and must survive a power cut; a commit is one fsync, which telemetry shares among all messages that wait (see
/// <see cref="Mqtt.TelemetryIntake"/>). When PostgreSQL is away reads and writes throw <see cref="DbException"/>; the first one after its return connects again. Any thread.
/// </remarks>
internal sealed class HubDatabase : IDisposable
{
    private readonly IDatabaseEngine _engine;
    private readonly DatabaseLane _reading, _writing;

    private HubDatabase(IDatabaseEngine engine) => (_engine, _reading, _writing) = (engine, new DatabaseLane(engine), new DatabaseLane(engine));

    /// <summary>Which one and where; never a secret.</summary>
    public string Name => _engine.Name;

    /// <summary>Opens it, and brings its tables up to date.</summary>
    /// <param name="directory">Whose.</param>
    /// <param name="database">A connection string of PostgreSQL or <c>sqlite</c>, remembered without its password; null for what <see cref="DatabaseChoice"/> says.</param>
    /// <exception cref="CloudException">It cannot be reached, is no database of this program, or of a newer one.</exception>
    public static HubDatabase Open(DataDirectory directory, string? database = null)
    {
        var choice = DatabaseChoice.Of(directory, database);
        var opened = new HubDatabase(choice.Engine);
        try
        {
            Schema.Update(opened._engine, opened._reading, opened._writing);
            choice.Remember();
            return opened;
        }
        catch (DbException exception)
        {
            opened.Dispose();
            throw new CloudException($"{opened.Name} cannot be used: {exception.Message.TrimEnd('.')}. {opened._engine.WayOut}.", exception);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public T Read<T>(Func<DbConnection, T> read) => _reading.Read(read);

    /// <summary>In one transaction that is on disk when this returns. It may be run more than once, so it has no other effects.</summary>
    public T Write<T>(Func<DbConnection, T> write) => _writing.Write(write);

    /// <summary>Bytes on disk.</summary>
    public long Size() => Read(_engine.ReadSize);

    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }
}
