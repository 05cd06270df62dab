namespace EdgeVision.Hub;

/// <summary>The one loop that writes to the disk: what has waited for its window goes into the database, what is of no use any more out of it, one transaction for both.</summary>
/// <remarks>Whoever adds or sends never waits for it. It sleeps until the first window ends; while the cloud takes everything in time it wakes and writes nothing.</remarks>
internal sealed class OutboxWriter : IDisposable
{
    /// <summary>How many sequences a process may give before it writes the next reserve: a kill skips to its end.</summary>
    private const long Reserve = 1 << 16;

    private const long LongestSleep = 60_000;

    /// <summary>How long rows that are of no use may stay, so that they go many at a time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly OutboxBook _book;
    private readonly Lock _gate;
    private readonly KernelClock _kernel;
    private readonly OutboxDisk _disk;
    private readonly OutboxNotices _notices;
    private readonly OutboxFlush _flush;
    private readonly SemaphoreSlim _wake = new(0);
    private Task _running = Task.CompletedTask;
    private long _reserved, _written;
    private bool _isFull;
    private volatile bool _stopping;

    public OutboxWriter(OutboxOptions options, OutboxBook book, Lock gate, KernelClock kernel, OutboxDisk disk, OutboxNotices notices)
    {
        (_book, _gate, _kernel, _disk, _notices) = (book, gate, kernel, disk, notices);
        _flush = new OutboxFlush(book, gate, options.DiskBytes - 2 * disk.BatchBytes);
    }

    /// <summary>There may be something to send that was not there before.</summary>
    public required Action Changed { get; init; }

    /// <summary>Handed to the disk since the start.</summary>
    public long BytesWritten => Volatile.Read(ref _written);

    /// <summary>Until when the loop sleeps, milliseconds of the kernel's clock; 0 while it need not be woken. Under the outbox's lock.</summary>
    public long SleepsUntil { get; private set; }

    public void Start()
    {
        Step(all: false); // the file is opened before the first message, because the numbers go on where it ends
        _running = Task.Run(RunAsync);
    }

    public void Wake() => _wake.Release();

    /// <summary>As much has been added as a transaction should hold.</summary>
    public void WakeFull()
    {
        Volatile.Write(ref _isFull, true);
        Wake();
    }

    public void Dispose()
    {
        _stopping = true;
        Wake();
        _running.GetAwaiter().GetResult();
    }

    private async Task RunAsync()
    {
        while (!_stopping)
        {
            Step(all: false);
            _notices.Tell();
            await _wake.WaitAsync(Sleep()).ConfigureAwait(false);
            lock (_gate)
            {
                SleepsUntil = 0;
            }
        }

        Step(all: true);
    }

    /// <returns>Milliseconds until there is something to do.</returns>
    private int Sleep()
    {
        lock (_gate)
        {
            var due = _disk.State switch
            {
                StorageState.Ok => SleepsUntil = _book.Due(Patience) ?? long.MaxValue,
                StorageState.Degraded => _disk.RetryAt,
                _ => long.MaxValue,
            };
            due = Math.Min(due, _notices.Due ?? long.MaxValue);
            return (int)Math.Clamp(due - _kernel.Now, 0, LongestSleep);
        }
    }

    private void Step(bool all)
    {
        if (_disk.State == StorageState.Memory || (_disk.State == StorageState.Degraded && _kernel.Now < _disk.RetryAt && !all))
        {
            return;
        }

        var before = ThreadWrites.Now();
        if (!_disk.Try(store => WriteAll(store, all)))
        {
            _reserved = 0; // whatever file takes messages next may not know it
            if (_disk.State == StorageState.Ok)
            {
                _disk.Try(store => WriteAll(store, all)); // a damaged file was put aside: into the new one
            }
        }

        Volatile.Write(ref _written, _written + ThreadWrites.Now() - before);
        Changed();
    }

    private void WriteAll(OutboxStore store, bool all)
    {
        while (IsDue(all, out var entries))
        {
            _flush.Write(store, entries, _reserved);
            if (entries.Count == 0)
            {
                return;
            }
        }
    }

    private bool IsDue(bool all, out IReadOnlyList<OutboxEntry> entries)
    {
        lock (_gate)
        {
            var isFull = Interlocked.Exchange(ref _isFull, false) && _book.UnwrittenBytes >= _disk.BatchBytes / 2;
            var isDue = all || isFull || _book.Due(Patience) <= _kernel.Now;
            var isReserved = _book.Next + Reserve / 2 <= _reserved;
            entries = isDue ? _book.ToWrite(_disk.BatchBytes) : [];
            _reserved = all ? _book.Next : isReserved ? _reserved : _book.Next + Reserve;
            return isDue || !isReserved;
        }
    }
}
