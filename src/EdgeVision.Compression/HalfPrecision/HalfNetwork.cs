namespace EdgeVision.Compression;

/// <summary>A network in 16-bit floats.</summary>
/// <param name="Onnx">The file; its inputs and outputs are as they were.</param>
/// <param name="FloatNodes">Names of the nodes that stay in 32 bits, in the graph's order.</param>
public sealed record HalfNetwork(byte[] Onnx, IReadOnlyList<string> FloatNodes);
