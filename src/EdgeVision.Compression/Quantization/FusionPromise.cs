namespace EdgeVision.Compression;

/// <summary>What the runtime is expected to make of a quantized network; <see cref="FusionCheck"/> looks whether it does.</summary>
/// <param name="Convs">Convolutions of the network.</param>
/// <param name="QLinearConvs">Those of them that compute in integers.</param>
/// <param name="FloatIslands">Names of the nodes that stay in floats: tails by structure, those asked for, and those without an integer form.</param>
public sealed record FusionPromise(int Convs, int QLinearConvs, IReadOnlyList<string> FloatIslands)
{
    /// <summary>QuantizeLinear and DequantizeLinear that must remain: one for each value that goes from floats to integers, one for each reading in floats of a value in integers.</summary>
    public int Borders { get; init; }

    public QuantizationForm Form { get; init; }
}
