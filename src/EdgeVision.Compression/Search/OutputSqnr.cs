using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>How near a network's outputs are to those of the float one: signal to quantization noise in dB, the mean over samples and outputs.</summary>
/// <remarks>
/// 10 log10(sum x^2 / sum (x - y)^2): noise of a tenth of the signal is 20 dB, of a hundredth 40 dB; at most 100. Each sample counts alike, so that one bright picture does not decide.
/// The float outputs are computed once. One thread.
/// </remarks>
internal sealed class OutputSqnr
{
    private const double Most = 100;

    private readonly IReadOnlyList<NetworkTensor> _samples;
    private readonly Dictionary<string, NetworkTensor>[] _expected;

    public OutputSqnr(byte[] floatNetwork, IReadOnlyList<NetworkTensor> samples)
    {
        _samples = samples;
        using var network = TensorNetwork.Open(floatNetwork, "the float network");
        _expected = [.. samples.Select(sample => network.Run(Inputs(network, sample)))];
    }

    public double Of(byte[] onnx, CancellationToken stop)
    {
        using var network = TensorNetwork.Open(onnx, "a quantized network");
        var values = new List<double>();
        for (var i = 0; i < _samples.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var expected = _expected[i];
            var outputs = network.Run(Inputs(network, _samples[i]));
            values.AddRange(expected.Where(output => output.Value.Type == 1).Select(output => Decibels(output.Value.Floats, outputs[output.Key].Floats)));
        }

        return values.Count == 0 ? 0 : values.Average();
    }

    internal static double Decibels(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (signal, noise) = SignalAndNoise.Of(expected, actual);
        return noise == 0 ? Most : signal == 0 || double.IsNaN(noise) ? 0 : Math.Clamp(10 * Math.Log10(signal / noise), -Most, Most);
    }

    private static Dictionary<string, NetworkTensor> Inputs(TensorNetwork network, NetworkTensor sample) => new(StringComparer.Ordinal) { [network.Inputs[0].Name] = sample };
}
