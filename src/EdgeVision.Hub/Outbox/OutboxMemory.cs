namespace EdgeVision.Hub;

/// <summary>The messages in memory: those of before the connection, live ones, those read from the disk, and those on their way. Under the outbox's lock.</summary>
internal sealed class OutboxMemory
{
    private readonly LinkedList<OutboxEntry> _old = new(), _live = new(), _sent = new();
    private readonly PriorityQueue<OutboxEntry, long> _read = new();

    /// <summary>Of all of them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Those that are nowhere else, in no order.</summary>
    public IEnumerable<OutboxEntry> Unwritten => _old.Concat(_live).Concat(_sent).Where(entry => entry.Segment is null);

    /// <summary>The lowest sequence of the backlog that is in memory; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextBacklog => Math.Min(NextOld, NextRead);

    private long NextOld => _old.First?.Value.Sequence ?? long.MaxValue;

    private long NextRead => _read.TryPeek(out _, out var sequence) ? sequence : long.MaxValue;

    /// <summary>Those that are nowhere else, by sequence; only as many are looked at as are taken, because old and live ones are in order.</summary>
    public IEnumerable<OutboxEntry> UnwrittenInOrder()
    {
        var sent = new Queue<OutboxEntry>(_sent.Where(entry => entry.Segment is null).OrderBy(entry => entry.Sequence));
        foreach (var entry in _old.Concat(_live).Where(entry => entry.Segment is null))
        {
            while (sent.TryPeek(out var first) && first.Sequence < entry.Sequence)
            {
                yield return sent.Dequeue();
            }

            yield return entry;
        }

        foreach (var entry in sent)
        {
            yield return entry;
        }
    }

    public void Add(OutboxEntry entry, bool isLive)
    {
        Bytes += entry.Bytes;
        (isLive ? _live : _old).AddLast(entry);
    }

    /// <summary>From the disk, to be sent.</summary>
    public void AddRead(OutboxEntry entry)
    {
        Bytes += entry.Bytes;
        _read.Enqueue(entry, entry.Sequence);
    }

    /// <summary>The next live one is on its way; null when there is none.</summary>
    public OutboxEntry? SendLive() => _live.First is null ? null : Send(First(_live), isBacklog: false);

    /// <summary>The next of the backlog is on its way; null when there is none in memory.</summary>
    public OutboxEntry? SendBacklog() => NextBacklog == long.MaxValue ? null : Send(NextRead < NextOld ? _read.Dequeue() : First(_old), isBacklog: true);

    public bool IsLive(OutboxEntry entry) => _live.Contains(entry);

    /// <summary>Out of memory, whether it waits or is on its way; one that was read from the disk and not sent stays.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(OutboxEntry entry)
    {
        if (!_sent.Remove(entry) && !_old.Remove(entry) && !_live.Remove(entry))
        {
            return false;
        }

        Bytes -= entry.Bytes;
        return true;
    }

    /// <summary>The connection is gone: what is only here is old now, what is on the disk too is there.</summary>
    public void Reset()
    {
        var waiting = Unwritten.OrderBy(entry => entry.Sequence).ToArray();
        Array.ForEach([_old, _live, _sent], list => list.Clear());
        _read.Clear();
        Bytes = 0;
        foreach (var entry in waiting)
        {
            (entry.IsSent, entry.IsBacklog) = (false, false);
            Add(entry, isLive: false);
        }
    }

    /// <summary>The disk is gone: what was read from it is only here.</summary>
    public void LoseDisk()
    {
        var before = _old.First;
        while (_read.TryDequeue(out var entry, out _))
        {
            _ = before is null ? _old.AddLast(entry) : _old.AddBefore(before, entry);
        }

        foreach (var entry in _old.Concat(_live).Concat(_sent))
        {
            entry.Segment = null;
        }
    }

    private static OutboxEntry First(LinkedList<OutboxEntry> list)
    {
        var entry = list.First!.Value;
        list.RemoveFirst();
        return entry;
    }

    private OutboxEntry Send(OutboxEntry entry, bool isBacklog)
    {
        (entry.IsSent, entry.IsBacklog) = (true, isBacklog);
        _sent.AddLast(entry);
        return entry;
    }
}
