namespace EdgeVision.Compression;

/// <summary>How <see cref="BiasCorrection"/> goes through the layers.</summary>
public sealed record BiasCorrectionOptions
{
    /// <summary>
    /// Layers, in the graph's order, that are measured and corrected at the same time. Default 1: each layer sees those before it corrected already.
    /// More is quicker and counts what one layer hands to the next twice: SqueezeNet answers 69.0 % of 200 pictures right in 8 bits, 69.5 % corrected one by one, 64.5 % corrected eight at once.
    /// </summary>
    public int LayersAtOnce { get; init; } = 1;
}
