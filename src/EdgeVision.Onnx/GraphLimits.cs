namespace EdgeVision.Onnx;

/// <summary>How large and how deep a model may be before it is refused.</summary>
/// <param name="MaxBytes">Size of the file. Default 512 MiB, the largest a device takes.</param>
/// <param name="MaxNodes">Nodes of the graph with those of its sub-graphs. Default 100,000; a large CNN has some hundreds.</param>
/// <param name="MaxDepth">Messages within messages. Default 64; each sub-graph takes three.</param>
public sealed record GraphLimits(int MaxBytes = 512 << 20, int MaxNodes = 100_000, int MaxDepth = 64);
