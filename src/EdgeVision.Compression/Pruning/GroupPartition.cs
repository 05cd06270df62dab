namespace EdgeVision.Compression;

/// <summary>Channels to groups: two are in one group when no axis in the network holds one of them more often than the other.</summary>
/// <remarks>So every axis is made of whole groups, and one that leaves a channel of each group leaves no axis empty.</remarks>
internal static class GroupPartition
{
    public static IReadOnlyList<ChannelGroup> Of(ChannelTrace trace)
    {
        var groups = new Dictionary<int, int>();
        foreach (var channel in trace.Layers.SelectMany(layer => layer.Given).Select(trace.Sets.Find).Where(channel => trace.Sets.ReasonOf(channel) is null))
        {
            groups[channel] = 0;
        }

        var count = 1;
        foreach (var axis in trace.Layers.Select(layer => layer.Given).Concat(trace.Bindings.Select(binding => binding.Channels)).Concat(trace.Axes.Select(axis => axis.Channels)).Distinct())
        {
            Refine(trace.Sets, axis, groups, ref count);
        }

        var layers = trace.Layers.Select(layer => (Name: ChannelGroups.NameOf(layer.Node), Counts: Counts(trace.Sets, layer.Given))).ToArray();
        return [.. groups.GroupBy(pair => pair.Value, pair => pair.Key).Where(group => group.Count() > 1).OrderBy(group => group.Min()).Select(group => Describe([.. group.Order()], layers))];
    }

    private static void Refine(ChannelSets sets, int[] axis, Dictionary<int, int> groups, ref int count)
    {
        var split = new Dictionary<(int Group, int Times), int>();
        foreach (var (channel, times) in Counts(sets, axis).Where(pair => groups.ContainsKey(pair.Key)))
        {
            var key = (groups[channel], times);
            if (!split.TryGetValue(key, out var group))
            {
                split[key] = group = count++;
            }

            groups[channel] = group;
        }
    }

    private static Dictionary<int, int> Counts(ChannelSets sets, int[] axis) => axis.CountBy(sets.Find).ToDictionary();

    private static ChannelGroup Describe(int[] channels, (string Name, Dictionary<int, int> Counts)[] layers)
    {
        var giving = layers.Where(layer => layer.Counts.ContainsKey(channels[0])).ToArray();
        return new ChannelGroup([.. giving.Select(layer => layer.Name)], channels, giving.Max(layer => layer.Counts[channels[0]]));
    }
}
