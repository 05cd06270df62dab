using System.Data;
using System.Data.Common;

namespace EdgeVision.Cloud.Storage;

/// <summary>One connection, used by one thread at a time, and replaced when the server closed it.</summary>
internal sealed class DatabaseLane(IDatabaseEngine engine) : IDisposable
{
    private const int MostAttempts = 4;
    private readonly Lock _gate = new();
    private DbConnection? _connection;

    /// <summary>Reads. What reads may be read again: one that meets a closed connection starts over on a new one.</summary>
    public T Read<T>(Func<DbConnection, T> read)
    {
        lock (_gate)
        {
            return OnceMoreIfLost(() => read(Open()));
        }
    }

    /// <summary>In one transaction that is on disk when this returns; started over when the database chose another's instead.</summary>
    public T Write<T>(Func<DbConnection, T> write)
    {
        lock (_gate)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return WriteOnce(write);
                }
                catch (DbException exception) when (exception.SqlState is "40001" or "40P01" && attempt < MostAttempts)
                {
                    // serialization failure, deadlock: nothing of it happened
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection?.Dispose();
        }
    }

    private T WriteOnce<T>(Func<DbConnection, T> write)
    {
        // By hand, because the statements of the stores then need not name the transaction.
        OnceMoreIfLost(() => Open().Execute(engine.Begin));
        try
        {
            var result = write(_connection!);
            _connection!.Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>A connection that was closed while nobody used it shows only when it is used.</summary>
    private T OnceMoreIfLost<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (DbException exception) when (IsLost(exception))
        {
            Drop();
            return use();
        }
    }

    /// <summary>Classes 08 and 57P: the connection ended, the server stops or starts.</summary>
    private bool IsLost(DbException exception) => _connection is not null
        && (_connection.State != ConnectionState.Open || exception.SqlState?.StartsWith("57P", StringComparison.Ordinal) == true || exception.SqlState?.StartsWith("08", StringComparison.Ordinal) == true);

    private DbConnection Open()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            Drop();
        }

        return _connection ??= engine.Connect();
    }

    private void RollBack()
    {
        try
        {
            _connection!.Execute("ROLLBACK");
        }
        catch (DbException)
        {
            // A full disk has rolled back by itself, a lost server too; what the caller must see is the first failure.
            Drop();
        }
        catch (InvalidOperationException)
        {
            Drop(); // closed
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
