namespace EdgeVision.Hub;

/// <summary>Every message that waits, in memory and on the disk, and the rules of who goes first, who is written down and who makes room. Under the outbox's lock.</summary>
/// <remarks>
/// Backlog is what was added before the connection: segments on the disk and old ones in memory, sent by sequence. Live is what was added since. A message that is written down
/// leaves memory, unless it is live or on its way: then it stays, so that it need not be read back.
/// </remarks>
internal sealed class OutboxBook(OutboxOptions options, KernelClock kernel, TimeProvider time)
{
    private readonly OutboxMemory _memory = new();
    private readonly List<long> _useless = [];
    private bool _connected;
    private long _changedAt;

    public SegmentIndex Segments { get; } = new();

    public ReceiptBook Receipts { get; } = new();

    /// <summary>Sequence of the next message.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Of messages in memory.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>Of messages that are nowhere else.</summary>
    public long UnwrittenBytes => _memory.Unwritten.Sum(entry => (long)entry.Bytes);

    /// <summary>Messages given up since the start.</summary>
    public long Dropped { get; private set; }

    public int Waiting => Segments.Waiting + _memory.Unwritten.Count();

    /// <summary>When the oldest that waits was made, milliseconds since 1970.</summary>
    public long? OldestFrom => new[] { Segments.Oldest?.From, _memory.Unwritten.Min(entry => (long?)entry.MadeAt) }.Min();

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
            foreach (var entry in _memory.UnwrittenInOrder().ToArray())
            {
                entry.Sequence = Next++;
            }
        }
    }

    public void Add(TelemetryMessage message)
    {
        _memory.Add(new OutboxEntry(Next++, message, kernel.Boot, kernel.Now), isLive: _connected);
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
        _memory.Reset();
        Segments.ForgetRead();
    }

    public OutboxEntry? TakeLive() => FirstWorthSending(_memory.SendLive);

    /// <param name="canRead">Whether the disk can be read now.</param>
    /// <param name="unread">What has to be read before the next can be told; null otherwise.</param>
    public OutboxEntry? TakeBacklog(bool canRead, out OutboxSegment? unread)
    {
        OutboxSegment? before = null;
        var entry = FirstWorthSending(() => (before = canRead ? UnreadBefore(_memory.NextBacklog) : null) is null ? _memory.SendBacklog() : null);
        unread = before;
        return entry;
    }

    /// <summary>The messages of a segment are in memory now.</summary>
    public void Read(OutboxSegment segment, IReadOnlyList<OutboxEntry> entries)
    {
        if (segment.Place is null)
        {
            return; // it made room while it was read
        }

        segment.IsRead = true;
        foreach (var entry in entries.Where(entry => segment.IsWaiting(entry.Sequence)))
        {
            _memory.AddRead(entry);
        }
    }

    /// <summary>The cloud has it.</summary>
    public void Taken(OutboxEntry entry)
    {
        Leave(entry);
        Receipts.Settle(entry.Message.Receipt);
    }

    /// <summary>What is only in memory, oldest first; it counts as being written until <see cref="Written"/> or <see cref="NotWritten"/>.</summary>
    public IReadOnlyList<OutboxEntry> ToWrite(long bytes)
    {
        var entries = _memory.UnwrittenInOrder().TakeWhile((entry, index) => (bytes -= entry.Bytes) >= 0 || index == 0).ToArray();
        Array.ForEach(entries, entry => entry.IsBeingWritten = true);
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
        segment.IsRead = entries.Any(entry => entry.IsSent) || (_connected && Bytes < options.MemoryBytes / 2 && _memory.IsLive(entries[0]));
        foreach (var entry in entries)
        {
            entry.Segment = segment;
            Receipts.Settle(entry.Message.Receipt);
            if (entry.IsTaken)
            {
                Leave(entry);
            }
            else if (!segment.IsRead)
            {
                _memory.Remove(entry);
            }
        }
    }

    /// <summary>A segment is given up.</summary>
    public void Drop(OutboxSegment segment, DropCause cause)
    {
        if (Segments.Remove(segment))
        {
            Delete(segment);
            Count(new DropReceipt(0, cause, segment.Priority, segment.Waiting, segment.First, segment.Last, segment.From, segment.To));
        }
    }

    /// <summary>A message in memory is given up, unless it is on its way.</summary>
    public void Drop(OutboxEntry entry, DropCause cause)
    {
        if (!entry.IsSent && _memory.Remove(entry))
        {
            Count(entry, cause);
        }
    }

    /// <summary>The database is gone: what is in memory too is written anew, the rest is lost.</summary>
    public void LoseDisk()
    {
        _memory.LoseDisk();
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
        Receipts.Unsave();
    }

    /// <summary>What is expired now; asks the clocks once.</summary>
    public Func<Expiry, bool> Expired()
    {
        long? wall = options.ClockIsSynced() ? time.GetUtcNow().ToUnixTimeMilliseconds() : null;
        return expiry => expiry.IsOver(kernel, wall);
    }

    /// <summary>Rows of the database that are of no use any more.</summary>
    public IReadOnlyList<long> Useless() => [.. _useless];

    public bool HasUseless => _useless.Count > 0;

    public void Deleted(IReadOnlyList<long> rows) => _useless.RemoveRange(0, rows.Count);

    /// <summary>Milliseconds of <see cref="KernelClock"/> when something has to be written; null = nothing has to.</summary>
    /// <param name="patience">How long useless rows and drop receipts may wait.</param>
    public long? Due(TimeSpan patience)
    {
        var messages = _memory.Unwritten.Min(entry => (long?)(entry.Stamp + (long)options.WindowOf(entry.Message.Priority).TotalMilliseconds));
        long? rows = HasUseless || Receipts.IsUnsaved ? _changedAt + (long)patience.TotalMilliseconds : null;
        return new[] { messages, rows }.Min();
    }

    private OutboxEntry? FirstWorthSending(Func<OutboxEntry?> send)
    {
        var isExpired = Expired();
        while (send() is { } entry)
        {
            if (!isExpired(entry.Expiry))
            {
                return entry;
            }

            Leave(entry);
            Count(entry, DropCause.Expired);
        }

        return null;
    }

    private OutboxSegment? UnreadBefore(long sequence)
    {
        var isExpired = Expired();
        while (Segments.FirstUnread() is { } segment && segment.First < sequence)
        {
            if (!isExpired(segment.Expiry))
            {
                return segment;
            }

            Drop(segment, DropCause.Expired);
        }

        return null;
    }

    /// <summary>It need not be sent any more.</summary>
    private void Leave(OutboxEntry entry)
    {
        _memory.Remove(entry);
        entry.IsTaken = true;
        if (entry.Segment is { } segment && Segments.Take(segment, entry.Sequence))
        {
            Segments.Remove(segment);
            Delete(segment);
        }
    }

    private void Delete(OutboxSegment segment)
    {
        Touch();
        _useless.Add(segment.First);
    }

    private void Count(OutboxEntry entry, DropCause cause) => Count(new DropReceipt(0, cause, entry.Message.Priority, 1, entry.Sequence, entry.Sequence, entry.MadeAt, entry.MadeAt));

    private void Count(DropReceipt dropped)
    {
        Touch();
        Dropped += dropped.Count;
        Receipts.Add(dropped);
    }

    /// <summary>The first of the changes that wait to be written tells when they are.</summary>
    private void Touch() => _changedAt = HasUseless || Receipts.IsUnsaved ? _changedAt : kernel.Now;

    /// <summary>A sixteenth more than needed, so that not every message looks for its victim.</summary>
    private void MakeRoomInMemory()
    {
        var isExpired = Expired();
        var victims = _memory.Unwritten.Where(entry => entry is { IsSent: false, IsBeingWritten: false, Message.Priority: not TelemetryPriority.Receipt })
            .OrderByDescending(entry => isExpired(entry.Expiry)).ThenBy(entry => entry.Message.Priority).ThenBy(entry => entry.Sequence).ToArray();
        foreach (var entry in victims.TakeWhile(_ => Bytes > options.MemoryBytes - options.MemoryBytes / 16))
        {
            Drop(entry, isExpired(entry.Expiry) ? DropCause.Expired : DropCause.Memory);
        }
    }
}
