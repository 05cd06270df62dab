namespace EdgeVision.Compression;

/// <summary>Two layers that share their channels: what the first writes is scaled down and what the second reads is scaled up.</summary>
/// <param name="First">Name of the node that writes the channels.</param>
/// <param name="Seconds">Names of the nodes that read them; more than one where the value goes several ways and each way ends in a layer.</param>
/// <param name="Channels">How many.</param>
public sealed record EqualizedPair(string First, IReadOnlyList<string> Seconds, int Channels);
