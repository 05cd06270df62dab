namespace EdgeVision.Hub;

/// <summary>Messages that the hub has not taken yet, in the order they came.</summary>
/// <remarks>
/// Bounded by the bytes of the bodies: the oldest of the lowest priority makes room, and is counted. Example: cap 10, waiting interval(6) and event(4), adding event(5)
/// drops the interval. Held in memory: it survives a lost link, not a lost process. Any thread.
/// </remarks>
internal sealed class TelemetryOutbox(long capBytes)
{
    private readonly LinkedList<TelemetryMessage> _messages = new();
    private readonly Signal _added = new();
    private readonly Lock _gate = new();
    private long _bytes;
    private long _dropped;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    public long Dropped => Volatile.Read(ref _dropped);

    public void Add(TelemetryMessage message)
    {
        lock (_gate)
        {
            _messages.AddLast(message);
            _bytes += message.Body.Length;
            while (_bytes > capBytes)
            {
                Remove(_messages.MinBy(waiting => waiting.Priority)!);
                _dropped++;
            }
        }

        _added.Set();
    }

    /// <summary>The oldest message, waited for; it stays until <see cref="Taken"/>.</summary>
    public async Task<TelemetryMessage> FirstAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_messages.First is { } first)
                {
                    return first.Value;
                }
            }

            await _added.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The hub has it.</summary>
    public void Taken(TelemetryMessage message)
    {
        lock (_gate)
        {
            Remove(message);
        }
    }

    private void Remove(TelemetryMessage message)
    {
        // it may have made room for another while it was on its way
        if (_messages.Remove(message))
        {
            _bytes -= message.Body.Length;
        }
    }
}
