namespace EdgeVision.Compression;

/// <summary>Where channels stand after a reshape.</summary>
/// <remarks>
/// Row-major numbers: P of them before each step of the axis, Q within one. The axis may stay, become part of a longer one, or be cut into several.
/// Example, a channel shuffle in two groups: [1, 6, h, w] becomes [1, 2, 3, h, w]; places 0 and 3, 1 and 4, 2 and 5 go together, and the axis of length 3 holds them. Turned and joined again, each stands twice.
/// </remarks>
internal static class ReshapedAxis
{
    /// <summary>Null where the new axes cut through the channels.</summary>
    public static ChannelAxis? Of(ChannelAxis axis, long[] from, long[] to, ChannelSets sets) => Joined(axis, from, to) ?? Split(axis, from, to, sets);

    private static ChannelAxis? Joined(ChannelAxis axis, long[] from, long[] to)
    {
        var (before, within) = (Before(from, axis.Axis), Within(from, axis.Axis));
        for (var i = 0; i < to.Length; i++)
        {
            var (outer, inner) = (Before(to, i), Within(to, i));
            if (outer > 0 && inner > 0 && before % outer == 0 && within % inner == 0 && to[i] == before / outer * axis.Length * (within / inner))
            {
                var each = axis.Channels.SelectMany(channel => Enumerable.Repeat(channel, (int)(within / inner))).ToArray();
                return new ChannelAxis(i, [.. Enumerable.Repeat(each, (int)(before / outer)).SelectMany(channels => channels)]);
            }
        }

        return null;
    }

    // Of the new axes the longest holds the channels, because that leaves the most of them free.
    private static ChannelAxis? Split(ChannelAxis axis, long[] from, long[] to, ChannelSets sets)
    {
        var (before, within) = (Before(from, axis.Axis), Within(from, axis.Axis));
        var cut = Enumerable.Range(0, to.Length).Where(i => to[i] > 1 && Before(to, i) >= before && Within(to, i) >= within).ToArray();
        if (cut.Length == 0 || cut.Aggregate(1L, (product, i) => product * to[i]) != axis.Length || Before(to, cut[0]) != before || Within(to, cut[^1]) != within)
        {
            return null;
        }

        var longest = cut.MaxBy(i => (to[i], i));
        var step = (int)(Within(to, longest) / within);
        int[] channels = [.. Enumerable.Range(0, (int)to[longest]).Select(i => axis.Channels[i * step])];
        for (var place = 0; place < axis.Length; place++)
        {
            sets.Couple(channels[place / step % channels.Length], axis.Channels[place]);
        }

        return new ChannelAxis(longest, channels);
    }

    private static long Before(long[] lengths, int axis) => Product(lengths.AsSpan(0, axis));

    private static long Within(long[] lengths, int axis) => Product(lengths.AsSpan(axis + 1));

    private static long Product(ReadOnlySpan<long> lengths)
    {
        var product = 1L;
        foreach (var length in lengths)
        {
            product *= length;
        }

        return product;
    }
}
