namespace EdgeVision.Compression;

/// <summary>The whole network in 8 bits but for its most suspicious layers.</summary>
/// <param name="FloatLayers">How many of <see cref="SensitivityReport.Layers"/> stay in floats, from the first on.</param>
/// <param name="OutputSqnr">At the network's outputs, in dB.</param>
public sealed record CumulativeSensitivity(int FloatLayers, double OutputSqnr);
