namespace EdgeVision.Trainer.Layers;

/// <summary>One tensor that a layer keeps: its name within the layer, its shape, and what it begins as.</summary>
/// <param name="Deviation">Of the normal distribution that it begins as; 0 = every value begins as <paramref name="Start"/>.</param>
/// <param name="IsTrained">False: a statistic, which training gathers but does not learn.</param>
internal sealed record ParameterSpec(string Name, long[] Shape, float Start, float Deviation, bool IsTrained)
{
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Whether weight decay applies: to what multiplies, not to what shifts or scales (He et al. 2019, "Bag of Tricks", 1812.01187).</summary>
    public bool Decays => Deviation > 0;

    /// <summary>Begins normally distributed with the deviation that keeps the variance through a ReLU: sqrt(gain / values that are joined) (He et al. 2015, 1502.01852: gain 2).</summary>
    public static ParameterSpec Weight(string name, int joined, float gain, params long[] shape) => new(name, shape, 0, MathF.Sqrt(gain / joined), IsTrained: true);

    public static ParameterSpec Constant(string name, float start, params long[] shape) => new(name, shape, start, 0, IsTrained: true);

    public static ParameterSpec Statistic(string name, float start, params long[] shape) => new(name, shape, start, 0, IsTrained: false);
}
