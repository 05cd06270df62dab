namespace EdgeVision.Compression;

/// <summary>A network in 8 bits, and what was promised of it.</summary>
/// <param name="Onnx">The file; the same network, ranges and options always give the same bytes.</param>
public sealed record QuantizedNetwork(byte[] Onnx, FusionPromise Promise);
