namespace EdgeVision.Compression;

/// <summary>What was taken out before one layer's Relu, or would have been.</summary>
/// <param name="Node">Name of the layer.</param>
/// <param name="Channels">Channels that have something to absorb.</param>
/// <param name="Largest">The most that one of them has.</param>
/// <param name="Error">Root mean square of the outputs' change on the samples, as a part of the outputs' own.</param>
public sealed record AbsorbedBias(string Node, int Channels, float Largest, double Error);
