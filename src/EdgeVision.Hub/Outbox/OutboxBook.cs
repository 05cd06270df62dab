namespace EdgeVision.Hub;

/// <summary>Every message that waits, in memory and on the disk, and the rules of who goes first, who is written down and who makes room. Under the outbox's lock.</summary>
/// <remarks>
/// Backlog is what was added before the connection: segments of the disk and the list of old ones, sent by sequence. Live is what was added since. What is on its way stands in the
/// list of the sent until it is taken. A message that is written down leaves memory unless it is live: then it stays, so that it is sent without being read back.
/// </remarks>
internal sealed class OutboxBook(OutboxOptions options, KernelClock kernel, TimeProvider time)
{
    private readonly LinkedList<OutboxEntry> _old = new(), _live = new(), _sent = new();
    private readonly PriorityQueue<OutboxEntry, long> _read = new();
    private readonly List<long> _useless = [];
    private bool _connected;
    private long _uselessSince;

    public SegmentIndex Segments { get; } = new();

    public ReceiptBook Receipts { get; } = new();

    /// <summary>The next message's.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Of messages in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>Of messages that are nowhere else.</summary>
    public long UnwrittenBytes => InMemory.Where(entry => entry.Segment is null).Sum(entry => (long)entry.Bytes);

    public long Dropped { get; private set; }

    public int Waiting => Segments.Waiting + InMemory.Count(entry => entry.Segment is null);

    /// <summary>When the oldest that waits was made, milliseconds since 1970.</summary>
    public long? OldestFrom => new[] { Segments.Oldest?.From, InMemory.Where(entry => entry.Segment is null).Min(entry => (long?)entry.Message.Created.ToUnixTimeMilliseconds()) }.Min();

    private IEnumerable<OutboxEntry> InMemory => _old.Concat(_live).Concat(_sent);

    public void Add(TelemetryMessage message)
    {
        var entry = new OutboxEntry(Next++, message, kernel.Boot, kernel.Now);
        (_connected ? _live : _old).AddLast(entry);
        Bytes += entry.Bytes;
        if (Bytes > options.MemoryBytes)
        {
            MakeRoomInMemory();
        }
    }

    /// <summary>A connection is there: what waits now is backlog.</summary>
    public void Begin() => _connected = true;

    /// <summary>The connection is gone: what was sent and not taken waits again, where it was.</summary>
    public void End()
    {
        _connected = false;
        var waiting = InMemory.Where(entry => entry.Segment is null).OrderBy(entry => entry.Sequence).ToArray();
        Array.ForEach([_old, _live, _sent], list => list.Clear());
        _read.Clear();
        Segments.ForgetRead();
        foreach (var entry in waiting)
        {
            (entry.IsSent, entry.IsBacklog) = (false, false);
            _old.AddLast(entry);
        }

        Bytes = waiting.Sum(entry => (long)entry.Bytes);
    }

    public OutboxEntry? TakeLive()
    {
        while (_live.First is { } first)
        {
            _live.Remove(first);
            if (Sent(first.Value, isBacklog: false))
            {
                return first.Value;
            }
        }

        return null;
    }

    /// <param name="canRead">Whether the disk can be read now.</param>
    /// <param name="unread">What has to be read before the next can be told; null otherwise.</param>
    public OutboxEntry? TakeBacklog(bool canRead, out OutboxSegment? unread)
    {
        while (true)
        {
            unread = canRead ? NextUnread() : null;
            var old = _old.First?.Value.Sequence ?? long.MaxValue;
            var read = _read.TryPeek(out var entry, out var sequence) ? sequence : long.MaxValue;
            if (unread is not null && unread.First < Math.Min(old, read))
            {
                return null;
            }

            unread = null;
            if (Math.Min(old, read) == long.MaxValue)
            {
                return null;
            }

            entry = read < old ? _read.Dequeue() : First(_old);
            if (Sent(entry!, isBacklog: true))
            {
                return entry;
            }
        }
    }

    /// <summary>The messages of a segment are in memory now.</summary>
    public void Read(OutboxSegment segment, IReadOnlyList<OutboxEntry> entries)
    {
        if (!Segments.Has(segment))
        {
            return; // it made room while it was read
        }

        segment.IsRead = true;
        foreach (var entry in entries.Where(entry => segment.IsWaiting(entry.Sequence)))
        {
            Bytes += entry.Bytes;
            _read.Enqueue(entry, entry.Sequence);
        }
    }

    /// <summary>The cloud has it.</summary>
    public void Taken(OutboxEntry entry)
    {
        if (_sent.Remove(entry))
        {
            Bytes -= entry.Bytes;
        }

        Leave(entry);
        if (entry.Message.Receipt > 0)
        {
            Receipts.Settle(entry.Message.Receipt);
        }
    }

    /// <summary>What is only in memory, oldest first; it counts as being written until <see cref="Written"/> or <see cref="NotWritten"/>.</summary>
    public IReadOnlyList<OutboxEntry> ToWrite(long bytes)
    {
        var entries = new List<OutboxEntry>();
        foreach (var entry in InMemory.Where(entry => entry.Segment is null).OrderBy(entry => entry.Sequence))
        {
            if ((bytes -= entry.Bytes) < 0 && entries.Count > 0)
            {
                break;
            }

            entry.IsBeingWritten = true;
            entries.Add(entry);
        }

        return entries;
    }

    public static void NotWritten(IEnumerable<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            entry.IsBeingWritten = false;
        }
    }

    public void Written(OutboxSegment segment, IReadOnlyList<OutboxEntry> entries)
    {
        Segments.Add(segment);
        // While a message is on its way, or live and memory is there, the segment stays in memory as a whole.
        segment.IsRead = entries.Any(entry => entry.IsSent) || (_connected && Bytes < options.MemoryBytes / 2 && _live.Contains(entries[0]));
        foreach (var entry in entries)
        {
            (entry.IsBeingWritten, entry.Segment) = (false, segment);
            if (entry.Message.Receipt > 0)
            {
                Receipts.Settle(entry.Message.Receipt);
            }

            if (entry.IsTaken)
            {
                Leave(entry);
            }
            else if (!segment.IsRead && (_old.Remove(entry) || _live.Remove(entry)))
            {
                Bytes -= entry.Bytes;
            }
        }
    }

    /// <summary>A segment is given up.</summary>
    public void Drop(OutboxSegment segment, DropCause cause)
    {
        if (Segments.Remove(segment))
        {
            Forget(segment.First);
            Count(new DropReceipt(0, cause, segment.Priority, segment.Waiting, segment.First, segment.Last, segment.From, segment.To));
        }
    }

    /// <summary>A message in memory is given up.</summary>
    public void Drop(OutboxEntry entry, DropCause cause)
    {
        entry.IsBeingWritten = false;
        if (_old.Remove(entry) || _live.Remove(entry))
        {
            Bytes -= entry.Bytes;
            var made = entry.Message.Created.ToUnixTimeMilliseconds();
            Count(new DropReceipt(0, cause, entry.Message.Priority, 1, entry.Sequence, entry.Sequence, made, made));
        }
    }

    /// <summary>The database is gone: what is in memory too is written anew, the rest is lost.</summary>
    public void LoseDisk()
    {
        while (_read.TryDequeue(out var entry, out _))
        {
            _old.AddLast(entry);
        }

        foreach (var entry in InMemory)
        {
            entry.Segment = null;
        }

        foreach (var segment in Segments.All.ToArray())
        {
            if (segment.IsRead)
            {
                Segments.Remove(segment);
            }
            else
            {
                Drop(segment, DropCause.Damaged);
            }
        }

        _useless.Clear();
    }

    public bool IsExpired(Expiry expiry) => expiry.IsOver(kernel, options.ClockIsSynced() ? time.GetUtcNow().ToUnixTimeMilliseconds() : null);

    public bool HasUseless => _useless.Count > 0;

    /// <summary>Rows of the database that are of no use any more.</summary>
    public IReadOnlyList<long> Useless() => [.. _useless];

    public void Deleted(IReadOnlyList<long> rows) => _useless.RemoveRange(0, rows.Count);

    /// <summary>Milliseconds of <see cref="KernelClock"/> when something has to be written; null = nothing has to.</summary>
    /// <param name="patience">How long useless rows may stay.</param>
    public long? Due(TimeSpan patience)
    {
        var messages = InMemory.Where(entry => entry.Segment is null).Min(entry => (long?)(entry.Stamp + (long)options.WindowOf(entry.Message.Priority).TotalMilliseconds));
        long? rows = _useless.Count > 0 || Receipts.IsUnsaved ? _uselessSince + (long)patience.TotalMilliseconds : null;
        return new[] { messages, rows }.Min();
    }

    /// <summary>What the database held at the start. Its numbers may go further: then those that are only in memory take part.</summary>
    public void Load(OutboxContents contents)
    {
        foreach (var segment in contents.Segments)
        {
            Segments.Add(segment);
        }

        Receipts.Load(contents.Receipts, contents.LastReceipt, contents.Dropped);
        if (contents.Next > Next)
        {
            Next = contents.Next;
            foreach (var entry in InMemory.Where(entry => entry.Segment is null).OrderBy(entry => entry.Sequence))
            {
                entry.Sequence = Next++;
            }
        }
    }

    private static OutboxEntry First(LinkedList<OutboxEntry> list)
    {
        var entry = list.First!.Value;
        list.RemoveFirst();
        return entry;
    }

    private OutboxSegment? NextUnread()
    {
        while (Segments.FirstUnread() is { } segment)
        {
            if (!IsExpired(segment.Expiry))
            {
                return segment;
            }

            Drop(segment, DropCause.Expired);
        }

        return null;
    }

    /// <returns>False where it is not worth it any more.</returns>
    private bool Sent(OutboxEntry entry, bool isBacklog)
    {
        if (IsExpired(entry.Expiry))
        {
            Bytes -= entry.Bytes;
            Leave(entry);
            var made = entry.Message.Created.ToUnixTimeMilliseconds();
            Count(new DropReceipt(0, DropCause.Expired, entry.Message.Priority, 1, entry.Sequence, entry.Sequence, made, made));
            return false;
        }

        (entry.IsSent, entry.IsBacklog) = (true, isBacklog);
        _sent.AddLast(entry);
        return true;
    }

    private void Leave(OutboxEntry entry)
    {
        entry.IsTaken = true;
        if (entry.Segment is { } segment && Segments.Take(segment, entry.Sequence))
        {
            Segments.Remove(segment);
            Forget(segment.First);
        }
    }

    private void Forget(long row)
    {
        if (_useless.Count == 0)
        {
            _uselessSince = kernel.Now;
        }

        _useless.Add(row);
    }

    private void Count(DropReceipt dropped)
    {
        if (dropped.Count > 0)
        {
            Dropped += dropped.Count;
            Receipts.Add(dropped);
            _uselessSince = _useless.Count == 0 ? kernel.Now : _uselessSince;
        }
    }

    /// <summary>A sixteenth more than needed, so that not every message looks for its victim.</summary>
    private void MakeRoomInMemory()
    {
        var victims = _old.Concat(_live).Where(entry => entry is { Segment: null, IsBeingWritten: false, Message.Priority: not TelemetryPriority.Receipt })
            .OrderByDescending(entry => IsExpired(entry.Expiry)).ThenBy(entry => entry.Message.Priority).ThenBy(entry => entry.Sequence).ToArray();
        foreach (var entry in victims)
        {
            if (Bytes <= options.MemoryBytes - options.MemoryBytes / 16)
            {
                break;
            }

            Drop(entry, IsExpired(entry.Expiry) ? DropCause.Expired : DropCause.Memory);
        }
    }
}
