namespace EdgeVision.Hub;

/// <summary>Which segments are on the disk, in the order of their first message. Under the outbox's lock.</summary>
/// <remarks>About 150 bytes of memory for each: a day offline with an event in every second is 13 MB.</remarks>
internal sealed class SegmentIndex
{
    private readonly LinkedList<OutboxSegment> _segments = new();

    public int Count => _segments.Count;

    /// <summary>Messages.</summary>
    public int Waiting { get; private set; }

    public OutboxSegment? Oldest => _segments.First?.Value;

    public IEnumerable<OutboxSegment> All => _segments;

    public void Add(OutboxSegment segment)
    {
        var before = _segments.Last;
        while (before is not null && before.Value.First > segment.First)
        {
            before = before.Previous;
        }

        segment.Place = before is null ? _segments.AddFirst(segment) : _segments.AddAfter(before, segment);
        Waiting += segment.Waiting;
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(OutboxSegment segment)
    {
        if (segment.Place is not { } place)
        {
            return false;
        }

        segment.Place = null;
        _segments.Remove(place);
        Waiting -= segment.Waiting;
        return true;
    }

    /// <summary>The cloud has a message of a segment.</summary>
    /// <returns>Whether the segment is of no use any more.</returns>
    public bool Take(OutboxSegment segment, long sequence)
    {
        if (segment.Place is null || !segment.IsWaiting(sequence))
        {
            return false;
        }

        Waiting--;
        return segment.Take(sequence);
    }

    /// <summary>The first whose messages are not in memory; those that are lie at the front, and few.</summary>
    public OutboxSegment? FirstUnread() => _segments.FirstOrDefault(segment => !segment.IsRead);

    /// <summary>Messages in memory are forgotten: a new connection begins with the oldest.</summary>
    public void ForgetRead()
    {
        foreach (var segment in _segments)
        {
            segment.IsRead = false;
        }
    }

    /// <summary>Who makes room: expired, then the lowest priority, then the oldest; never a receipt, nor what is being sent.</summary>
    public OutboxSegment? Victim(Func<Expiry, bool> isExpired)
    {
        OutboxSegment? victim = null;
        foreach (var segment in _segments.Where(segment => !segment.IsRead && segment.Priority != TelemetryPriority.Receipt))
        {
            if (isExpired(segment.Expiry))
            {
                return segment;
            }

            victim = victim is null || segment.Priority < victim.Priority ? segment : victim;
        }

        return victim;
    }
}
