namespace EdgeVision.Compression;

/// <summary>What <see cref="BiasAbsorption"/> did.</summary>
/// <param name="Absorbed">In the graph's order.</param>
/// <param name="Skipped">Layers that were left alone, because the outputs changed too much (most often by the padding of the next layer).</param>
public sealed record BiasAbsorptionReport(IReadOnlyList<AbsorbedBias> Absorbed, IReadOnlyList<AbsorbedBias> Skipped);
