namespace EdgeVision.Compression;

/// <summary>What ONNX Runtime made of a quantized network, beside what was promised.</summary>
/// <param name="Differences">Each broken promise in a sentence; none when it holds.</param>
/// <param name="Convs">Convolutions that compute in floats, in ONNX's own form or the runtime's.</param>
/// <param name="QLinearConvs">Convolutions that compute in integers.</param>
/// <param name="Quantize">QuantizeLinear that are left.</param>
/// <param name="Dequantize">DequantizeLinear of values that change from picture to picture that are left.</param>
public sealed record FusionReport(IReadOnlyList<string> Differences, int Convs, int QLinearConvs, int Quantize, int Dequantize)
{
    public bool Holds => Differences.Count == 0;

    /// <summary>How often each operator is left, by its name with its domain.</summary>
    public IReadOnlyDictionary<string, int> Operators { get; init; } = new Dictionary<string, int>();
}
