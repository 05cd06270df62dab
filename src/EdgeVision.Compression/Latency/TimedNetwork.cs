namespace EdgeVision.Compression;

/// <summary>A network whose time is taken.</summary>
/// <param name="Name">What results and messages call it.</param>
/// <param name="Onnx">The file.</param>
/// <param name="WidenWeights">As the device runs weight-only forms: 8-bit weights become floats at load.</param>
public sealed record TimedNetwork(string Name, byte[] Onnx, bool WidenWeights = false)
{
    /// <summary>Lengths by input name where the network leaves more than the batch open.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();
}
