using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>By how much two networks differ on samples: root mean square of the difference, as a part of the first one's outputs; the worst output of all.</summary>
internal static class OutputDifference
{
    public static double Measure(byte[] before, byte[] after, IEnumerable<NetworkTensor> samples)
    {
        using var first = TensorNetwork.Open(before, "the network before");
        using var second = TensorNetwork.Open(after, "the network after");
        var sums = first.Outputs.ToDictionary(output => output.Name, _ => default(SignalAndNoise), StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            var inputs = new Dictionary<string, NetworkTensor> { [first.Inputs[0].Name] = sample };
            var changed = second.Run(inputs);
            foreach (var (name, answer) in first.Run(inputs).Where(answer => answer.Value.Type == 1))
            {
                sums[name] += SignalAndNoise.Of(answer.Floats, changed[name].Floats);
            }
        }

        return sums.Values.Select(sum => Math.Sqrt(sum.Noise / Math.Max(sum.Signal, 1e-30))).Aggregate(0d, Math.Max);
    }
}
