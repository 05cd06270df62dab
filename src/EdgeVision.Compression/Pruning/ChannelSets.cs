namespace EdgeVision.Compression;

/// <summary>Channels that can only go together are one set (union-find); a set may have a reason why it must stay. A set is called by its least member, so that results do not depend on the order of couplings.</summary>
internal sealed class ChannelSets
{
    private readonly List<int> _parents = [];
    private readonly Dictionary<int, string> _reasons = [];

    public int Count => _parents.Count;

    public int[] Fresh(int count)
    {
        int[] channels = [.. Enumerable.Range(_parents.Count, count)];
        _parents.AddRange(channels);
        return channels;
    }

    public int Find(int channel)
    {
        while (_parents[channel] != channel)
        {
            channel = _parents[channel] = _parents[_parents[channel]];
        }

        return channel;
    }

    public void Couple(int first, int second)
    {
        var (kept, joined) = (Math.Min(Find(first), Find(second)), Math.Max(Find(first), Find(second)));
        if (kept == joined)
        {
            return;
        }

        _parents[joined] = kept;
        if (_reasons.Remove(joined, out var reason))
        {
            _reasons.TryAdd(kept, reason);
        }
    }

    public void Couple(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        for (var i = 0; i < first.Length; i++)
        {
            Couple(first[i], second[i]);
        }
    }

    public void Block(ReadOnlySpan<int> channels, string reason)
    {
        foreach (var channel in channels)
        {
            _reasons.TryAdd(Find(channel), reason);
        }
    }

    /// <summary>Why the channel must stay, or null.</summary>
    public string? ReasonOf(int channel) => _reasons.GetValueOrDefault(Find(channel));
}
