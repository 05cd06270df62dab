namespace EdgeVision.Compression;

/// <param name="Truths">Objects of this class in the set.</param>
/// <param name="Value">AP50, 0 to 1.</param>
public sealed record ClassPrecision(string Name, int Truths, double Value);
