namespace EdgeVision.Compression;

/// <summary>A form of the network that was measured on the evaluation pictures.</summary>
/// <param name="Kind">The variant's name: <c>int8-cpu-u8s8</c>.</param>
/// <param name="Recipe">How it was made, for people.</param>
/// <param name="Against">Compared with the float network, picture by picture.</param>
/// <param name="Quantized">Null for forms that compute in floats, and for one that was quantized elsewhere.</param>
internal sealed record TriedVariant(string Kind, byte[] Onnx, string Recipe, Evaluation Evaluation, PairedResult Against, QuantizedNetwork? Quantized)
{
    /// <summary>Points of a hundred that were lost.</summary>
    public double Drop => 100 * Against.Drop;

    /// <summary>What ONNX Runtime makes of it, beside what was promised; null where nothing was promised.</summary>
    public FusionReport? Fusion { get; init; }

    /// <summary>Nodes that stay in floats on purpose.</summary>
    public IReadOnlyList<string> FloatNodes { get; init; } = [];
}
