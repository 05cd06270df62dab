namespace EdgeVision.Compression;

/// <summary>How much a layer suffers in 8 bits.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Operator">Conv, Gemm, ...</param>
/// <param name="WeightSqnr">Of the weights alone, dB; null = it has none.</param>
/// <param name="ActivationSqnr">Of its output's values alone, dB.</param>
/// <param name="OutputSqnr">Of the network's outputs when only this layer is in 8 bits, dB; null = not measured.</param>
/// <param name="IsFloat">Kept float.</param>
public sealed record LayerReport(string Node, string Operator, double? WeightSqnr, double? ActivationSqnr, double? OutputSqnr, bool IsFloat);
