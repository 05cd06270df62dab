using Microsoft.Data.Sqlite;

namespace EdgeVision.Hub;

/// <summary>The outbox's database: SQLite with a write-ahead log, one row for each flush and priority.</summary>
/// <remarks>
/// Why segments: a row for each message would cost a page of the tree, twice, for 700 bytes; a segment of one second costs three to five small pages, its messages compress to a
/// fifth, and taking or dropping it is one deletion. synchronous=FULL, because a power cut must cost no more than kill -9 does: the flush window. Freed pages are used again; when
/// the outbox is empty the file is made small at once (VACUUM of next to nothing), which wears the flash less than moving pages while it drains.
/// One connection, a lock of its own; a reader in another process (<see cref="OutboxReport"/>) does not disturb it.
/// </remarks>
internal sealed class OutboxStore : IDisposable
{
    private const long SmallBytes = 256 << 10;
    private const int WouldBlock = 11; // errno(3): EAGAIN, what flock(2) says of a lock that is held
    private readonly Lock _gate = new();
    private readonly FileStream _lock;
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private OutboxStore(string path, FileStream held, SqliteConnection connection) => (_path, _lock, _connection) = (path, held, connection);

    /// <summary>Database and log.</summary>
    public long FileBytes => Length(_path) + Length(_path + "-wal");

    /// <summary>Of the database, without pages that are free.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
            {
                return (_connection.Number("PRAGMA page_count") - _connection.Number("PRAGMA freelist_count")) * _connection.Number("PRAGMA page_size");
            }
        }
    }

    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="logBytes">How long the log may grow before it is worked into the database.</param>
    /// <exception cref="OutboxException">Another process has it, or a newer program wrote it.</exception>
    /// <exception cref="SqliteException">It is damaged, or the disk is full or cannot be written.</exception>
    /// <exception cref="IOException">The folder or the lock cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static OutboxStore Open(string path, long logBytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var held = Hold(path + ".lock");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            MakePrivate(path);
            connection.Open();
            Prepare(connection, path, logBytes);
            return new OutboxStore(path, held, connection);
        }
        catch
        {
            connection.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">The file is damaged.</exception>
    public OutboxContents Read()
    {
        lock (_gate)
        {
            return OutboxSchema.Read(_connection);
        }
    }

    /// <summary>The bytes of a segment.</summary>
    /// <exception cref="SqliteException">The file is damaged or gone.</exception>
    /// <exception cref="InvalidDataException">The segment is not there.</exception>
    public byte[] Read(long first)
    {
        lock (_gate)
        {
            var bodies = _connection.Query(string.Create(null, $"SELECT body FROM segment WHERE first = {first}"), row => row.GetFieldValue<byte[]>(0));
            return bodies.Count == 1 ? bodies[0] : throw new InvalidDataException($"segment {first} is not in {_path}");
        }
    }

    /// <summary>All of it or nothing; on the disk when this returns.</summary>
    /// <exception cref="SqliteException">The disk is full, cannot be written, or the file is damaged.</exception>
    public void Commit(OutboxBatch batch)
    {
        lock (_gate)
        {
            _connection.Run("BEGIN IMMEDIATE");
            try
            {
                Apply(batch);
                _connection.Run("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }
        }
    }

    /// <summary>Of an empty outbox: gives the space back to the file system.</summary>
    public void Shrink()
    {
        lock (_gate)
        {
            if (FileBytes > SmallBytes)
            {
                _connection.Run("VACUUM");
                _connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
            _lock.Dispose();
        }
    }

    private static FileStream Hold(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new OutboxException($"{file} is held by another process: only one daemon may use an outbox; give each its own device.state_directory", exception);
        }
    }

    /// <summary>For the daemon's user only; the log takes its rights from the file.</summary>
    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsLinux() && !File.Exists(path))
        {
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    private static void Prepare(SqliteConnection connection, string path, long logBytes)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > OutboxSchema.Version)
        {
            throw new OutboxException($"{path} was written by a newer program (schema {version}, this one knows {OutboxSchema.Version}): use that one, or move the file away");
        }

        connection.Run("PRAGMA synchronous = FULL");
        connection.Run("PRAGMA temp_store = MEMORY");
        if (version == 0)
        {
            OutboxSchema.Create(connection);
        }

        connection.Run(string.Create(null, $"PRAGMA wal_autocheckpoint = {logBytes / OutboxSchema.PageBytes}"));
        connection.Run(string.Create(null, $"PRAGMA journal_size_limit = {logBytes}"));
        if (connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"])
        {
            throw new InvalidDataException($"{path} is damaged");
        }
    }

    private static long Length(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    private void Apply(OutboxBatch batch)
    {
        foreach (var row in batch.Removed)
        {
            _connection.Run("DELETE FROM segment WHERE first = @first", ("@first", row));
        }

        foreach (var (segment, body) in batch.Added)
        {
            Add(segment, body);
        }

        foreach (var receipt in batch.Receipts)
        {
            Save(receipt);
        }

        foreach (var number in batch.Settled)
        {
            // the newest stays, for whoever asks what was dropped last
            _connection.Run("UPDATE receipt SET settled = 1 WHERE number = @number", ("@number", number));
            _connection.Run("DELETE FROM receipt WHERE settled = 1 AND number < (SELECT max(number) FROM receipt WHERE settled = 1)");
        }

        _connection.Run("UPDATE counter SET next = @next, dropped = @dropped WHERE next <> @next OR dropped <> @dropped", ("@next", batch.Next), ("@dropped", batch.Dropped));
    }

    /// <summary>Replaces, because a commit that seemed to fail may be there after all.</summary>
    private void Add(OutboxSegment segment, byte[] body) => _connection.Run(
        "INSERT OR REPLACE INTO segment VALUES (@first, @last, @count, @priority, @from, @to, @boot, @kernel, @wall, @body)",
        ("@first", segment.First), ("@last", segment.Last), ("@count", segment.Count), ("@priority", (int)segment.Priority), ("@from", segment.From), ("@to", segment.To),
        ("@boot", segment.Expiry.Boot), ("@kernel", segment.Expiry.Kernel), ("@wall", segment.Expiry.Wall), ("@body", body));

    private void Save(DropReceipt receipt) => _connection.Run(
        "INSERT OR REPLACE INTO receipt VALUES (@number, 0, @cause, @priority, @count, @first, @last, @from, @to)",
        ("@number", receipt.Number), ("@cause", (int)receipt.Cause), ("@priority", (int)receipt.Priority), ("@count", receipt.Count),
        ("@first", receipt.First), ("@last", receipt.Last), ("@from", receipt.From), ("@to", receipt.To));

    private void RollBack()
    {
        try
        {
            _connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // a full disk has rolled back by itself; what the caller must see is the first failure
        }
    }
}
