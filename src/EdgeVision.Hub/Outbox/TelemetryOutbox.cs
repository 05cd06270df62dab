using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>Messages that the cloud has not taken yet. They survive a lost link, a full disk, kill -9 and a power cut, but for the last moments.</summary>
/// <remarks>
/// What the cloud takes within its window (1 s for an event, 10 s for an interval) never touches the disk; what waits longer is written down. So kill -9 or a power cut costs at
/// most that window, and a device that is online wears out no flash. Measured: 10 events/s of 450 bytes, offline, are written 0.7 times (1.6 times in whole
/// pages of 4 KB), because a second's messages are compressed together (see <see cref="OutboxStore"/>).
/// Full: what is expired makes room, then the lowest priority, then the oldest, and a drop receipt says so. Example: cap reached by 50 interval and 900 event segments: the oldest
/// interval segment goes. Sequences go up by one over all restarts; after a kill they skip to the end of a reserved block, because those it may have sent must never come again.
/// Any thread; <see cref="Add"/> never waits for the disk.
/// </remarks>
internal sealed partial class TelemetryOutbox : IDisposable
{
    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly KernelClock _kernel;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly OutboxBook _book;
    private readonly OutboxNotices _notices;
    private readonly OutboxDisk _disk;
    private readonly OutboxWriter _writer;
    private long _addedBytes;
    private long _oversize;

    public TelemetryOutbox(OutboxOptions options, TimeProvider time, ILogger logger, KernelClock? kernel = null)
    {
        (_options, _time, _logger, _kernel) = (options, time, logger, kernel ?? KernelClock.System);
        _book = new OutboxBook(options, _kernel, time);
        _notices = new OutboxNotices(_book, _gate, _kernel, logger);
        _disk = new OutboxDisk(options, _book, _gate, _kernel, _notices, logger);
        _writer = new OutboxWriter(options, _book, _gate, _kernel, _disk, _notices) { Changed = _changed.Set };
        _writer.Start();
    }

    /// <summary>Hears what happens to the outbox, on a loop of the outbox's own, and makes event messages of it.</summary>
    public Action<OutboxNotice>? Noticed
    {
        get => _notices.Listener;
        set
        {
            _notices.Listener = value;
            _writer.Wake();
        }
    }

    public OutboxFigures Figures
    {
        get
        {
            var (disk, written) = (_disk.FileBytes, _writer.BytesWritten); // outside the lock: the file system may be slow
            lock (_gate)
            {
                var age = _book.OldestFrom is { } oldest ? Math.Max(0, (_time.GetUtcNow().ToUnixTimeMilliseconds() - oldest) / 1000.0) : 0;
                return new OutboxFigures(_disk.State, _disk.Detail, _book.Waiting, age, disk, _book.Bytes, _book.Dropped, _oversize, written);
            }
        }
    }

    /// <summary>Takes a message; one that no hub would take is refused, counted and said.</summary>
    public void Add(TelemetryMessage message)
    {
        if (message.Size > TelemetryMessage.MostBytes)
        {
            Refuse(message);
            return;
        }

        bool isSooner, isFull;
        lock (_gate)
        {
            _book.Add(message);
            isSooner = _kernel.Now + (long)_options.WindowOf(message.Priority).TotalMilliseconds < _writer.SleepsUntil;
            isFull = (_addedBytes += message.Body.Length) >= _disk.BatchBytes;
            _addedBytes = isFull ? 0 : _addedBytes;
        }

        if (isFull)
        {
            _writer.WakeFull();
        }
        else if (isSooner)
        {
            _writer.Wake();
        }

        _changed.Set();
    }

    /// <summary>Waits until there may be something to send.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);

    /// <summary>Whoever waits in <see cref="ChangedAsync"/> looks again.</summary>
    public void Look() => _changed.Set();

    /// <summary>A connection is there: what waits now is backlog, what is added from now on is live.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _book.Begin();
            _notices.IsConnected = true;
        }

        _writer.Wake();
    }

    /// <summary>The connection is gone, and nothing is on its way any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _book.End();
            _notices.IsConnected = false;
        }
    }

    /// <summary>The next message that was added since <see cref="Begin"/>; null when there is none.</summary>
    public OutboxEntry? TakeLive()
    {
        lock (_gate)
        {
            return _book.TakeLive();
        }
    }

    /// <summary>The next message of before; it may be read from the disk for it. One caller at a time.</summary>
    public OutboxEntry? TakeBacklog()
    {
        while (true)
        {
            OutboxSegment? unread;
            lock (_gate)
            {
                if (_book.TakeBacklog(_disk.CanRead, out unread) is var entry && (entry is not null || unread is null))
                {
                    return entry;
                }
            }

            if (_disk.Read(unread) is not { } entries)
            {
                _writer.Wake(); // to mend it
                return null;
            }

            lock (_gate)
            {
                _book.Read(unread, entries);
            }
        }
    }

    /// <summary>The cloud has it.</summary>
    public void Taken(OutboxEntry entry)
    {
        bool isSooner;
        lock (_gate)
        {
            _book.Taken(entry);
            isSooner = _book.HasUseless && _writer.SleepsUntil == long.MaxValue;
        }

        if (isSooner)
        {
            _writer.Wake();
        }
    }

    /// <summary>What goes over the wire: with its sequence, marked where it is replayed, and set right where its clock was wrong and is right now.</summary>
    public TelemetryMessage Outgoing(OutboxEntry entry)
    {
        var message = entry.Message with { Sequence = entry.Sequence, Replay = entry.IsBacklog };
        return message.Clock == TelemetryMessage.Unsynced && entry.Boot == _kernel.Boot && _options.ClockIsSynced()
            ? Restamp.Apply(message, _time.GetUtcNow() - TimeSpan.FromMilliseconds(_kernel.Now - entry.Stamp))
            : message;
    }

    /// <summary>Writes down what waits, whatever its window.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _disk.Dispose();
    }

    private void Refuse(TelemetryMessage message)
    {
        Interlocked.Increment(ref _oversize);
        Log.Oversize(_logger, message.Id, message.Type, message.Size, TelemetryMessage.MostBytes);
        _notices.Add("outbox.oversize", "TooLarge", $"{message.Type} {message.Id} has {message.Size} bytes, a hub takes {TelemetryMessage.MostBytes}: it was not sent");
        _writer.Wake();
    }

    private static partial class Log
    {
        [LoggerMessage(3070, LogLevel.Error, "outbox: {Type} {Id} has {Size} bytes and a hub takes {Most}: it is not sent; shorten the interval or the number of cameras")]
        public static partial void Oversize(ILogger logger, string id, string type, int size, int most);
    }
}
