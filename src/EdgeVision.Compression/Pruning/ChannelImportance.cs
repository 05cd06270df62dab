using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>How much each channel matters: over all constants that belong to it, the mean of its share against the mean of its group in that constant; 1 = as much as its neighbours.</summary>
/// <remarks>Weights that read a channel count as those that give it do: both have to be large for it to matter. Against the group's mean, because layers differ in scale for no reason of importance.</remarks>
internal static class ChannelImportance
{
    /// <summary>By group, in the order of its channels.</summary>
    public static IReadOnlyList<double[]> Of(ChannelGroups groups, Importance importance)
    {
        var places = groups.Groups.SelectMany((group, index) => group.Channels.Select((channel, rank) => (channel, index, rank))).ToDictionary(place => place.channel, place => (place.index, place.rank));
        var weights = new Tally(groups.Groups);
        var scales = new Tally(groups.Groups);
        foreach (var binding in groups.Trace.Bindings)
        {
            if (binding.IsWeight)
            {
                weights.Add(Norms(groups, binding, places, isSquared: importance == Importance.L2));
            }
            else if (binding.Role == BindingRole.Scales && importance == Importance.BatchNormScale)
            {
                scales.Add(Norms(groups, binding, places, isSquared: false));
            }
        }

        return [.. groups.Groups.Select((_, index) => scales.Mean(index) ?? weights.Mean(index) ?? new double[groups.Groups[index].Channels.Count])];
    }

    private static Dictionary<int, double[]> Norms(ChannelGroups groups, ChannelBinding binding, Dictionary<int, (int Group, int Rank)> places, bool isSquared)
    {
        var norms = new Dictionary<int, double[]>();
        var tensor = groups.Trace.Graph.Initializer(binding.Tensor)!;
        var sums = Sums(tensor.ReadFloats(), [.. tensor.Dims], binding.Axis, isSquared);
        for (var i = 0; i < sums.Length; i++)
        {
            if (places.TryGetValue(groups.Trace.Sets.Find(binding.Channels[i]), out var place))
            {
                if (!norms.TryGetValue(place.Group, out var values))
                {
                    norms[place.Group] = values = new double[groups.Groups[place.Group].Channels.Count];
                }

                values[place.Rank] += sums[i];
            }
        }

        return isSquared ? norms.ToDictionary(pair => pair.Key, pair => Array.ConvertAll(pair.Value, Math.Sqrt)) : norms;
    }

    private static double[] Sums(float[] values, long[] lengths, int axis, bool isSquared)
    {
        var sums = new double[lengths[axis]];
        var within = lengths.Skip(axis + 1).Aggregate(1L, (product, length) => product * length);
        for (var i = 0; i < values.Length; i++)
        {
            sums[i / within % sums.Length] += isSquared ? (double)values[i] * values[i] : Math.Abs(values[i]);
        }

        return sums;
    }

    /// <summary>Adds up what constants say of the channels of each group.</summary>
    private sealed class Tally(IReadOnlyList<ChannelGroup> groups)
    {
        private readonly double[][] _sums = [.. groups.Select(group => new double[group.Channels.Count])];
        private readonly int[] _counts = new int[groups.Count];

        public void Add(Dictionary<int, double[]> norms)
        {
            foreach (var (group, values) in norms)
            {
                var mean = values.Sum() / _sums[group].Length;
                _counts[group]++;
                for (var i = 0; i < _sums[group].Length && mean > 0; i++)
                {
                    _sums[group][i] += values[i] / mean;
                }
            }
        }

        /// <summary>Null where no constant says anything.</summary>
        public double[]? Mean(int group) => _counts[group] == 0 ? null : Array.ConvertAll(_sums[group], sum => sum / _counts[group]);
    }
}
