using System.Numerics;

namespace EdgeVision.Compression;

/// <summary>Which channels go, from none to as many as may: a row of ever stricter steps, of which the one whose cost comes nearest to a target is taken.</summary>
internal sealed class PruningPlan
{
    private const int UniformSteps = 1000;

    private readonly ChannelGroups _groups;
    private readonly LayerCosts _costs;
    private readonly PruningOptions _options;
    private readonly int[][] _weakestFirst;
    private readonly double[][] _importances;
    private readonly double[] _thresholds;

    public PruningPlan(ChannelGroups groups, LayerCosts costs, PruningOptions options)
    {
        (_groups, _costs, _options) = (groups, costs, options);
        var importances = ChannelImportance.Of(groups, options.Importance);
        _weakestFirst = [.. importances.Select((values, group) => Enumerable.Range(0, values.Length).OrderBy(i => values[i]).Select(i => groups.Groups[group].Channels[i]).ToArray())];
        _importances = [.. importances.Select(values => values.Order().ToArray())];
        _thresholds = [.. importances.SelectMany(values => values).Distinct().Order(), double.PositiveInfinity];
    }

    // Between two steps the groups follow one after the other, because a step of all at once may jump past the target.
    private int Places => ((_options.Scope == PruningScope.Global ? _thresholds.Length : UniformSteps + 1) - 1) * _weakestFirst.Length;

    /// <summary>The least share of MACs that can be left, 0 to 1.</summary>
    public double Least => Macs(Places);

    /// <summary>The channels to take out so that the share of MACs that remains is nearest to the target.</summary>
    public IReadOnlySet<int> Nearest(double target)
    {
        var (light, strict) = (0, Places);
        while (light + 1 < strict)
        {
            var middle = (light + strict) / 2;
            (light, strict) = Macs(middle) > target ? (middle, strict) : (light, middle);
        }

        return Removed(Macs(light) - target < target - Macs(strict) ? light : strict);
    }

    /// <summary>What is left when the first channels go: the most that can be reached with this rounding.</summary>
    public double Lightest()
    {
        var (none, some) = (0, Places);
        while (none + 1 < some)
        {
            var middle = (none + some) / 2;
            (none, some) = Removed(middle).Count == 0 ? (middle, some) : (none, middle);
        }

        return Macs(some);
    }

    private double Macs(int place) => _costs.Remaining(new ChannelKeep(_groups.Trace.Sets, Removed(place))) / _costs.Total;

    private HashSet<int> Removed(int place)
    {
        var (step, ahead) = Math.DivRem(place, _weakestFirst.Length);
        var removed = new HashSet<int>();
        for (var i = 0; i < _weakestFirst.Length; i++)
        {
            removed.UnionWith(_weakestFirst[i].Take(_weakestFirst[i].Length - Kept(i, i < ahead ? step + 1 : step)));
        }

        return removed;
    }

    private int Kept(int group, int step)
    {
        var count = _weakestFirst[group].Length;
        var weak = _options.Scope == PruningScope.Uniform ? count * step / UniformSteps
            : Array.FindIndex(_importances[group], importance => importance >= _thresholds[step]) is >= 0 and var first ? first : count;
        return Rounded(count - weak, count, _groups.Groups[group].Width);
    }

    private int Rounded(int kept, int count, int width)
    {
        var multiple = _options.RoundTo / (int)BigInteger.GreatestCommonDivisor(_options.RoundTo, width);
        if (count < multiple)
        {
            return count;
        }

        var rounded = Math.Max((int)Math.Round((double)kept / multiple, MidpointRounding.AwayFromZero), 1) * multiple;
        var least = (Math.Max(_options.MinimumChannels, 1) + width - 1) / width;
        return Math.Min(Math.Max(rounded, least), count);
    }
}
