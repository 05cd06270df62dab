using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>How fast layers learn, as shares of the learning rate: what was learnt before is changed slowly or not at all.</summary>
/// <remarks>Layers are named by how their names begin, up to a dot: <c>stage1</c> is all of stage1.block1.conv; the longest that fits counts. Example: stem=0, stage1=0.1.</remarks>
internal static class LayerRates
{
    /// <summary>The share for each layer; null where all are 1.</summary>
    /// <exception cref="TrainerException">A beginning that no layer has, or nothing is left to learn.</exception>
    public static Func<Layer, double>? For(LayerGraph graph, IReadOnlyDictionary<string, double> rates)
    {
        foreach (var (name, rate) in rates)
        {
            if (!graph.Parameters.Any(parameter => IsOf(parameter.Layer, name)))
            {
                throw new TrainerException($"--layer-rate {name}: no layer of {graph.Name} that learns begins so. They begin with {string.Join(", ", Beginnings(graph))}.");
            }

            if (rate is not (>= 0 and <= 100))
            {
                throw new TrainerException(FormattableString.Invariant($"--layer-rate {name}={rate}: a share of the learning rate is 0 (does not learn) to 100."));
            }
        }

        double Of(Layer layer) => rates.Where(rate => IsOf(layer, rate.Key)).OrderByDescending(rate => rate.Key.Length).Select(rate => (double?)rate.Value).FirstOrDefault() ?? 1;
        return rates.Count == 0 ? null
            : graph.Parameters.Any(parameter => parameter.Spec.IsTrained && Of(parameter.Layer) > 0) ? Of
            : throw new TrainerException($"With these layer rates nothing of {graph.Name} learns. Leave at least the last layer its rate.");
    }

    /// <summary>The same rates, and one for all layers of which everything was taken over and nobody said another.</summary>
    /// <param name="gifts">Names of parameters that were taken over.</param>
    public static IReadOnlyDictionary<string, double> WithTaken(LayerGraph graph, IReadOnlyCollection<string> gifts, double rate, IReadOnlyDictionary<string, double> rates)
    {
        if (rate == 1)
        {
            return rates;
        }

        var all = new SortedDictionary<string, double>(rates.ToDictionary(), StringComparer.Ordinal);
        foreach (var layer in graph.Parameters.GroupBy(parameter => parameter.Layer).Where(group => group.All(parameter => gifts.Contains(parameter.Name))).Select(group => group.Key))
        {
            if (!rates.Keys.Any(name => IsOf(layer, name)))
            {
                all.Add(layer.Name, rate);
            }
        }

        return all;
    }

    private static bool IsOf(Layer layer, string name) => layer.Name == name || layer.Name.StartsWith(name + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Beginnings(LayerGraph graph) => graph.Parameters.Select(parameter => parameter.Layer.Name.Split('.')[0]).Distinct(StringComparer.Ordinal);
}
