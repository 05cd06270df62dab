namespace EdgeVision.Onnx;

/// <summary>An input or output of a network; the shape is null where the file does not say and nobody can tell.</summary>
public sealed record ValueSummary(string Name, ValueShape? Shape);
