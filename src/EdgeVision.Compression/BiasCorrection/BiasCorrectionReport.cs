namespace EdgeVision.Compression;

/// <summary>What <see cref="BiasCorrection"/> did, layer by layer in the graph's order.</summary>
public sealed record BiasCorrectionReport(IReadOnlyList<CorrectedLayer> Layers);
