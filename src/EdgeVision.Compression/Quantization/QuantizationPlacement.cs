namespace EdgeVision.Compression;

/// <summary>Where <see cref="QdqQuantizer.Quantize"/> turns numbers into 8 bits, for a training that is to learn with their steps.</summary>
/// <param name="Values">Values that have a range of their own, in the graph's order.</param>
/// <param name="Joined">Values that are only put side by side with others, and the value whose range they take.</param>
/// <param name="Weighted">Nodes that multiply integers with weights of 8 bits: a scale for each channel or one for all, as was asked.</param>
/// <param name="Stored">Nodes that compute in floats with weights that are stored in 8 bits, always with a scale for each channel.</param>
public sealed record QuantizationPlacement(IReadOnlyList<string> Values, IReadOnlyDictionary<string, string> Joined, IReadOnlySet<string> Weighted, IReadOnlySet<string> Stored);
