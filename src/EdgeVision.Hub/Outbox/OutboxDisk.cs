using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The database and all that can go wrong with it: a full or read-only disk is tried again, a damaged file is put aside and a new one begun.</summary>
/// <remarks>Tried again after 5 s at first and at last every 5 min. Opened, written and mended by the writer's loop; read by whoever sends.</remarks>
internal sealed partial class OutboxDisk(OutboxOptions options, OutboxBook book, Lock gate, KernelClock kernel, OutboxNotices notices, ILogger logger) : IDisposable
{
    private const long LeastBatch = 16 << 10, MostBatch = 1 << 20;
    private const long FirstRetry = 5_000, LastRetry = 300_000;
    private volatile OutboxStore? _store;
    private volatile string _detail = "";
    private ReadFault? _readFault;
    private bool _isKnown; // what the file held at the start is in the book
    private long _retry = FirstRetry;

    public StorageState State { get; private set; } = options.Path is null ? StorageState.Memory : StorageState.Ok;

    /// <summary>Why it is degraded.</summary>
    public string Detail => _detail;

    /// <summary>When a degraded disk is tried again, milliseconds of the kernel's clock.</summary>
    public long RetryAt { get; private set; }

    public bool CanRead => _store is { } store && Volatile.Read(ref _readFault)?.Store != store;

    public long FileBytes => _store?.FileBytes ?? 0;

    /// <summary>What one transaction takes, and how long the log grows: a sixteenth of the cap each.</summary>
    public long BatchBytes { get; } = Math.Clamp(options.DiskBytes / 16, LeastBatch, MostBatch);

    /// <summary>Does something to the open database.</summary>
    /// <returns>False when the disk does not take it now; what to do about that is begun.</returns>
    public bool Try(Action<OutboxStore> work)
    {
        try
        {
            // a reader may notice the damage after the file was put aside for it: the new one is not to suffer for that
            if (Interlocked.Exchange(ref _readFault, null) is { } fault && fault.Store == _store)
            {
                throw fault.Exception;
            }

            work(Open());
            Heal();
            return true;
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Fail(exception);
            return false;
        }
    }

    /// <summary>Messages of a segment; none when it is damaged and was given up, null when the disk cannot be read now.</summary>
    public IReadOnlyList<OutboxEntry>? Read(OutboxSegment segment)
    {
        var store = _store;
        try
        {
            return store is null ? null : SegmentFormat.Decode(segment, store.Read(segment.First));
        }
        catch (InvalidDataException exception)
        {
            Log.SegmentLost(logger, segment.First, segment.Waiting, exception.Message);
            lock (gate)
            {
                book.Drop(segment, DropCause.Damaged);
            }

            return [];
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Volatile.Write(ref _readFault, new ReadFault(store!, exception));
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // closed meanwhile, by the loop that mends it
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _store = null;
    }

    private OutboxStore Open()
    {
        if (_store is { } open)
        {
            return open;
        }

        var store = _store = OutboxStore.Open(options.Path!, BatchBytes);
        if (!_isKnown)
        {
            var contents = store.Read();
            lock (gate)
            {
                book.Load(contents);
            }

            _isKnown = true;
            Log.Opened(logger, options.Path!, contents.Segments.Sum(segment => segment.Count));
        }

        return store;
    }

    private void Heal()
    {
        if (State == StorageState.Degraded)
        {
            (State, _detail, _retry) = (StorageState.Ok, "", FirstRetry);
            Log.Healed(logger, options.Path!);
            notices.Add("storage.ok", "Ok", $"{options.Path} takes messages again");
        }
    }

    private void Fail(Exception exception)
    {
        if (StorageFault.IsDamage(exception) && IsPutAside(exception))
        {
            RetryAt = 0;
            return;
        }

        // a full disk can still be read, and the transaction was rolled back; anything else begins with opening the file again
        if (StorageFault.Reason(exception) != "Full")
        {
            Dispose();
        }

        (RetryAt, _retry) = (kernel.Now + _retry, Math.Min(LastRetry, _retry * 2));
        if (State != StorageState.Degraded)
        {
            (State, _detail) = (StorageState.Degraded, StorageFault.Advice(exception, options.Path!));
            Log.Degraded(logger, _detail);
            notices.Add("storage.degraded", StorageFault.Reason(exception), _detail);
        }
    }

    private bool IsPutAside(Exception damage)
    {
        Dispose();
        try
        {
            var aside = CorruptFile.SetAside(options.Path!);
            lock (gate)
            {
                book.LoseDisk();
            }

            Log.Damaged(logger, options.Path!, damage.Message, aside);
            notices.Add("outbox.corrupt", "Damaged", $"{options.Path} is damaged ({damage.Message}): kept as {aside}, a new one is begun");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotAside(logger, exception.Message);
            return false;
        }
    }

    private sealed record ReadFault(OutboxStore Store, Exception Exception);

    private static partial class Log
    {
        [LoggerMessage(3060, LogLevel.Information, "outbox {Path}: {Messages} message(s) wait from before")]
        public static partial void Opened(ILogger logger, string path, int messages);

        [LoggerMessage(3061, LogLevel.Error, "outbox {Advice}")]
        public static partial void Degraded(ILogger logger, string advice);

        [LoggerMessage(3062, LogLevel.Information, "outbox {Path}: takes messages again")]
        public static partial void Healed(ILogger logger, string path);

        [LoggerMessage(3063, LogLevel.Error, "outbox {Path} is damaged ({Reason}): it is kept as {Aside} and a new one is begun")]
        public static partial void Damaged(ILogger logger, string path, string reason, string aside);

        [LoggerMessage(3064, LogLevel.Error, "outbox: the damaged file cannot be put aside: {Reason}")]
        public static partial void NotAside(ILogger logger, string reason);

        [LoggerMessage(3065, LogLevel.Error, "outbox: segment {Segment} with {Messages} message(s) is lost: {Reason}")]
        public static partial void SegmentLost(ILogger logger, long segment, int messages, string reason);
    }
}
