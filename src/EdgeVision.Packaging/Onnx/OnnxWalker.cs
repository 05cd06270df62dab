namespace EdgeVision.Packaging;

/// <summary>Judges an ONNX file before any parser of C++ sees it.</summary>
public static class OnnxWalker
{
    public static OnnxVerdict Check(ReadOnlySpan<byte> onnx, OnnxLimits limits) => new(OnnxProblem.None, "", "", "fp32");
}
