using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>The one thread that writes to the disk: what has waited for its window goes into the database, what is of no use any more out of it, one transaction for both.</summary>
/// <remarks>
/// A disk that is full, read-only or taken by another process is no reason to stop: messages wait in memory and the disk is tried again, after 5 s at first and at last every
/// 5 min. A damaged database is put aside and a new one begun. Whoever adds or sends never waits for this thread.
/// </remarks>
internal sealed partial class OutboxWriter : IDisposable
{
    private const long MostBatch = 1 << 20, LeastBatch = 16 << 10;
    private const long Reserve = 1 << 16;
    private const long FirstRetry = 5_000, LastRetry = 300_000, ReceiptPause = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly OutboxOptions _options;
    private readonly OutboxBook _book;
    private readonly Lock _gate;
    private readonly KernelClock _kernel;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Thread _thread;
    private readonly OutboxFlush _flush;
    private OutboxStore? _store;
    private Exception? _readFault;
    private bool _isKnown; // what the database held at the start is in the book
    private long _reserved, _retryAt, _retry = FirstRetry, _issueAt, _written;
    private volatile bool _stopping, _isFull;
    private volatile string _detail = "";

    public OutboxWriter(OutboxOptions options, OutboxBook book, Lock gate, KernelClock kernel, ILogger logger)
    {
        (_options, _book, _gate, _kernel, _logger) = (options, book, gate, kernel, logger);
        BatchBytes = Math.Clamp(options.DiskBytes / 16, LeastBatch, MostBatch);
        _flush = new OutboxFlush(book, gate, options.DiskBytes - 2 * BatchBytes);
        State = options.Path is null ? StorageState.Memory : StorageState.Ok;
        _thread = new Thread(Run) { Name = "outbox", IsBackground = true };
    }

    /// <summary>Called on the writer's thread, outside the lock.</summary>
    public Action<OutboxNotice>? Noticed { get; set; }

    /// <summary>There may be something to send that was not there before.</summary>
    public required Action Changed { get; init; }

    public StorageState State { get; private set; }

    /// <summary>Why it is degraded.</summary>
    public string Detail => _detail;

    /// <summary>What one transaction takes at most.</summary>
    public long BatchBytes { get; }

    public long BytesWritten => Volatile.Read(ref _written);

    public long FileBytes => _store?.FileBytes ?? 0;

    public bool CanRead => _store is not null && _readFault is null;

    /// <summary>Until when the thread sleeps, milliseconds of the kernel's clock. Under the outbox's lock.</summary>
    public long SleepsUntil { get; private set; }

    /// <summary>Whether messages may be sent to where a drop receipt would be heard. Under the outbox's lock.</summary>
    public bool IsConnected { get; set; }

    public void Start()
    {
        Step(all: false); // the numbers of the messages go on where the database ends
        _thread.Start();
    }

    public void Wake() => _wake.Release();

    /// <summary>As much has been added as a transaction should hold.</summary>
    public void WakeFull()
    {
        _isFull = true;
        Wake();
    }

    /// <summary>Messages of a segment, for whoever sends; null when that cannot be now.</summary>
    public IReadOnlyList<OutboxEntry>? Read(OutboxSegment segment)
    {
        try
        {
            return _store is { } store ? SegmentFormat.Decode(segment, store.Read(segment.First)) : null;
        }
        catch (InvalidDataException exception)
        {
            Log.SegmentLost(_logger, segment.First, segment.Waiting, exception.Message);
            lock (_gate)
            {
                _book.Drop(segment, DropCause.Damaged);
            }

            return [];
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            _readFault = exception;
            Wake();
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // closed meanwhile, by the thread that mends it
        }
    }

    public void Dispose()
    {
        _stopping = true;
        Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        Close();
    }

    private void Run()
    {
        while (!_stopping)
        {
            Step(all: false);
            IssueReceipts();
            _wake.Wait(Sleep());
            lock (_gate)
            {
                SleepsUntil = 0; // whoever adds need not wake it, it will look
            }
        }

        _retryAt = 0;
        Step(all: true);
    }

    /// <returns>Milliseconds until there is something to do; -1 for ever.</returns>
    private int Sleep()
    {
        lock (_gate)
        {
            var due = State switch
            {
                StorageState.Ok => SleepsUntil = _book.Due(Patience) ?? long.MaxValue,
                StorageState.Degraded => Math.Min(_retryAt, _kernel.Now + ReceiptPause),
                _ => _kernel.Now + ReceiptPause,
            };
            due = IsConnected && Noticed is not null && _book.Receipts.HasOpen ? Math.Min(due, _issueAt) : due;
            return due == long.MaxValue ? -1 : (int)Math.Clamp(due - _kernel.Now, 0, int.MaxValue);
        }
    }

    private void Step(bool all)
    {
        if (_options.Path is null || (State == StorageState.Degraded && _kernel.Now < _retryAt))
        {
            return;
        }

        var before = ThreadWrites.Now();
        try
        {
            if (Interlocked.Exchange(ref _readFault, null) is { } fault)
            {
                throw fault;
            }

            Open();
            while (WriteBatch(all))
            {
            }

            Heal();
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Fail(exception);
        }

        Volatile.Write(ref _written, _written + ThreadWrites.Now() - before);
    }

    private void Open()
    {
        if (_store is not null)
        {
            return;
        }

        _store = OutboxStore.Open(_options.Path!, BatchBytes);
        if (_isKnown)
        {
            return;
        }

        var contents = _store.Read();
        lock (_gate)
        {
            foreach (var segment in contents.Segments)
            {
                _book.Segments.Add(segment);
            }

            _book.Receipts.Load(contents.Receipts, contents.LastReceipt, contents.Dropped);
            _book.ContinueAt(contents.Next);
        }

        (_isKnown, _reserved) = (true, 0);
        Log.Opened(_logger, _options.Path!, contents.Segments.Sum(segment => segment.Count));
        Changed();
    }

    /// <returns>Whether there is more to be written at once.</returns>
    private bool WriteBatch(bool all)
    {
        IReadOnlyList<OutboxEntry> entries = [];
        lock (_gate)
        {
            var isDue = all || _book.Due(Patience) <= _kernel.Now || (Interlocked.Exchange(ref _isFull, false) && _book.UnwrittenBytes >= BatchBytes / 2);
            var isReserved = _book.Next + Reserve / 2 <= _reserved;
            if (!isDue && isReserved)
            {
                return false;
            }

            entries = isDue ? _book.ToWrite(BatchBytes) : entries;
            _reserved = all ? _book.Next : isReserved ? _reserved : _book.Next + Reserve;
        }

        _flush.Write(_store!, entries, _reserved);
        Changed();
        return entries.Count > 0;
    }

    /// <summary>What had to make room is said when somebody listens, each receipt once, and not one for every few messages.</summary>
    private void IssueReceipts()
    {
        IReadOnlyList<DropReceipt> issued;
        lock (_gate)
        {
            if (!IsConnected || Noticed is null || _kernel.Now < _issueAt)
            {
                return;
            }

            issued = _book.Receipts.Issue();
        }

        _issueAt = issued.Count > 0 ? _kernel.Now + ReceiptPause : _issueAt;
        foreach (var receipt in issued)
        {
            Log.Dropped(_logger, receipt.Count, receipt.Priority, receipt.First, receipt.Last, receipt.Cause);
            Noticed(new OutboxNotice("outbox.dropped", receipt.Cause.ToString(), $"{receipt.Count} messages ({receipt.Priority}) were given up") { Receipt = receipt });
        }
    }

    private void Heal()
    {
        if (State == StorageState.Degraded)
        {
            (State, _detail, _retry) = (StorageState.Ok, "", FirstRetry);
            Log.Healed(_logger, _options.Path!);
            Noticed?.Invoke(new OutboxNotice("storage.ok", "Ok", $"{_options.Path} takes messages again"));
        }
    }

    private void Fail(Exception exception)
    {
        if (StorageFault.IsDamage(exception) && TryBeginAnew(exception))
        {
            (State, _retryAt) = (StorageState.Ok, 0);
            return;
        }

        // a full disk can still be read and a transaction was rolled back; anything else begins with opening the file again
        if (StorageFault.Reason(exception) != "Full")
        {
            Close();
        }

        var advice = StorageFault.Advice(exception, _options.Path!);
        (_retryAt, _retry) = (_kernel.Now + _retry, Math.Min(LastRetry, _retry * 2));
        if (State != StorageState.Degraded)
        {
            (State, _detail) = (StorageState.Degraded, advice);
            Log.Degraded(_logger, advice);
            Noticed?.Invoke(new OutboxNotice("storage.degraded", StorageFault.Reason(exception), advice));
        }
    }

    /// <returns>False when not even that can be done now.</returns>
    private bool TryBeginAnew(Exception damage)
    {
        Close();
        try
        {
            var aside = CorruptFile.SetAside(_options.Path!);
            lock (_gate)
            {
                _book.LoseDisk();
            }

            Log.Damaged(_logger, _options.Path!, damage.Message, aside);
            Noticed?.Invoke(new OutboxNotice("outbox.corrupt", "Damaged", $"{_options.Path} is damaged ({damage.Message}): kept as {aside}, a new one is begun"));
            Open();
            return true;
        }
        catch (Exception exception) when (StorageFault.IsOne(exception))
        {
            Log.NotAside(_logger, exception.Message);
            return false;
        }
    }

    private void Close()
    {
        _store?.Dispose();
        _store = null;
    }

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

        [LoggerMessage(3066, LogLevel.Warning, "outbox: {Count} message(s) of priority {Priority}, sequence {First} to {Last}, were given up: {Cause}")]
        public static partial void Dropped(ILogger logger, long count, TelemetryPriority priority, long first, long last, DropCause cause);
    }
}
