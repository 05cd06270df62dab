namespace EdgeVision.Onnx;

/// <summary>What one node costs.</summary>
/// <param name="Name">Its name, or its first output where it has none.</param>
/// <param name="Macs">Multiply-accumulates of one run; 0 for operators that are not counted, null where a length is open.</param>
/// <param name="Parameters">Elements of the constants that it reads, directly or through DequantizeLinear.</param>
/// <param name="Output">Shape of its first output, or null.</param>
public sealed record NodeCost(string Name, string Operator, long? Macs, long Parameters, ValueShape? Output);
