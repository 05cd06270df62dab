using System.Runtime.InteropServices;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>How far another form of a network is from the float network's outputs, over some samples.</summary>
internal sealed class OutputError
{
    private const int FloatType = 1;

    private readonly IReadOnlyList<NetworkTensor> _samples;
    private readonly List<Dictionary<string, NetworkTensor>> _expected;

    public OutputError(byte[] network, string name, IReadOnlyList<NetworkTensor> samples)
    {
        _samples = samples;
        using var reference = TensorNetwork.Open(network, name);
        _expected = [.. samples.Select(sample => reference.Run(Named(reference, sample)))];
    }

    /// <summary>Signal to noise in dB: the noise's share of the signal, as the mean of the outputs.</summary>
    public double SqnrOf(byte[] network, string name)
    {
        var powers = new Dictionary<string, SignalAndNoise>(StringComparer.Ordinal);
        using var other = TensorNetwork.Open(network, name);
        for (var i = 0; i < _samples.Count; i++)
        {
            var expected = _expected[i];
            other.Run(Named(other, _samples[i]), (output, type, _, data) =>
            {
                var power = type == FloatType ? SignalAndNoise.Of(expected[output].Floats, MemoryMarshal.Cast<byte, float>(data)) : Differing(expected[output].Data, data);
                powers[output] = powers.GetValueOrDefault(output) + power;
            });
        }

        return Decibels.Of(1, powers.Values.Average(power => power.Noise == 0 ? 0 : power.Noise / power.Signal));
    }

    private static Dictionary<string, NetworkTensor> Named(TensorNetwork network, NetworkTensor sample) => new(StringComparer.Ordinal) { [network.Inputs[0].Name] = sample };

    // Numbers of classes have no distance: what differs is counted.
    private static SignalAndNoise Differing(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given)
    {
        var differing = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            differing += expected[i] == given[i] ? 0 : 1;
        }

        return new SignalAndNoise(expected.Length, differing);
    }
}
