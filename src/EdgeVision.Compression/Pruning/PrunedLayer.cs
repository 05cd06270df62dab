namespace EdgeVision.Compression;

/// <summary>What became of a layer that gives channels.</summary>
/// <param name="Before">Channels it gave, and how many it gives now.</param>
public sealed record PrunedLayer(string Node, string Operator, int Before, int After, long MacsBefore, long MacsAfter);
