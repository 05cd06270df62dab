namespace EdgeVision.Packaging.Tests;

/// <summary>An ONNX file, and what the walker must say of it.</summary>
/// <param name="Place">The verdict's, whole.</param>
/// <param name="Reason">A part of the verdict's.</param>
internal sealed record OnnxCase(Func<byte[]> File, OnnxProblem Problem, string Place, string Reason);
