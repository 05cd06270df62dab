namespace EdgeVision.Compression;

/// <summary>Which channels stay.</summary>
internal sealed class ChannelKeep(ChannelSets sets, IReadOnlySet<int> removed)
{
    /// <summary>The places that stay.</summary>
    public int[] Places(int[] channels) => [.. Enumerable.Range(0, channels.Length).Where(place => !removed.Contains(sets.Find(channels[place])))];

    public int Count(ReadOnlySpan<int> channels)
    {
        var count = 0;
        foreach (var channel in channels)
        {
            count += removed.Contains(sets.Find(channel)) ? 0 : 1;
        }

        return count;
    }

    /// <summary>The share that stays, 0 to 1.</summary>
    public double Share(int[] channels) => channels.Length == 0 ? 1 : (double)Count(channels) / channels.Length;
}
