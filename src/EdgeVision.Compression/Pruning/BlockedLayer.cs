namespace EdgeVision.Compression;

/// <summary>A layer that has to keep channels.</summary>
/// <param name="Node">Name of the node that gives them.</param>
/// <param name="Kept">How many of its channels must stay.</param>
/// <param name="Of">How many it has.</param>
/// <param name="Reason">Why, in a sentence without its subject: "output 'boxes' is made of them".</param>
public sealed record BlockedLayer(string Node, string Operator, int Kept, int Of, string Reason);
