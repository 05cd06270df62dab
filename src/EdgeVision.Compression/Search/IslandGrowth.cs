namespace EdgeVision.Compression;

/// <summary>Which layers go back to floats, one step after another: at each the layer, or two suspects in a row, that brings the answers nearest for what it costs.</summary>
/// <remarks>
/// Guided by nearness to the float outputs in dB, not by the metric, because on some hundred pictures a layer moves the metric by less than its noise.
/// Two at once, because between neighbours nothing is quantized, and one of them alone may gain nothing. A step that brings nothing nearer ends it, and so does one beyond a share of the network that makes it as slow as in floats.
/// Example: layers a (3 dB for 100 MACs), b (2 dB for 10), c (nothing): {b}, then {a, b}. One thread.
/// </remarks>
/// <param name="suspects">Layers, most suspicious first.</param>
/// <param name="nextOf">The suspects that read what a layer gives.</param>
/// <param name="nearness">Of the network with these layers in floats; NaN where there is none.</param>
internal sealed class IslandGrowth(IReadOnlyList<string> suspects, Func<string, IEnumerable<string>> nextOf, IslandCosts costs, Func<IReadOnlySet<string>, double> nearness)
{
    private const int Width = 6;
    private const double LeastGain = 0.1;
    private const double MostShare = 0.5;

    /// <summary>Larger and larger sets of layers.</summary>
    public IEnumerable<IReadOnlySet<string>> Grow()
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        while (Best(kept) is { } more)
        {
            kept.UnionWith(more);
            yield return kept.ToHashSet(StringComparer.Ordinal);
        }
    }

    private string[]? Best(HashSet<string> kept)
    {
        var before = nearness(kept);
        var steps = Candidates(kept).Where(more => costs.Of(kept.Concat(more)) <= MostShare * costs.Total)
            .Select(more => (More: more, Gain: nearness(kept.Concat(more).ToHashSet(StringComparer.Ordinal)) - before))
            .Where(step => step.Gain >= LeastGain * step.More.Length)
            .ToArray();
        return steps.Length == 0 ? null : steps.MaxBy(step => step.Gain / costs.Of(step.More)).More;
    }

    private IEnumerable<string[]> Candidates(HashSet<string> kept)
    {
        foreach (var layer in suspects.Where(layer => !kept.Contains(layer)).Take(Width))
        {
            yield return [layer];
            foreach (var next in nextOf(layer).Where(next => !kept.Contains(next)))
            {
                yield return [layer, next];
            }
        }
    }
}
