using System.Runtime.InteropServices;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Mean and deviation of each channel (second dimension) of values within a network, over all places of all samples.</summary>
/// <remarks>As <see cref="Calibrator"/> streams, without histograms, and for the outputs of Gemm too. Example: a value [1, 2, 1, 2] of (1, 3, 5, 5) has means (2, 5) and deviations (1, 0).</remarks>
internal static class ChannelWatch
{
    /// <exception cref="CompressionException">No sample, or samples that differ in shape.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<ChannelStatistics>> Measure(
        byte[] network, string name, IReadOnlyCollection<string> values, IEnumerable<NetworkTensor> samples, CancellationToken stop)
    {
        var watched = new WatchedValues(network, name, values);
        var calibration = new CalibrationSamples(samples, name);
        var moments = new Dictionary<string, ChannelMoments>(StringComparer.Ordinal);
        var bytes = ValueGroups.Measure(network, name, watched.Inner, Named(calibration.First));
        foreach (var some in ValueGroups.Split(watched.Inner, bytes, new CalibrationOptions().MemoryBytes))
        {
            using var part = TensorNetwork.Open(ExposedNetwork.Of(network, name, some), name);
            foreach (var (_, sample) in calibration.Pass())
            {
                stop.ThrowIfCancellationRequested();
                part.Run(Named(sample), (value, _, shape, data) => Add(moments, value, shape, MemoryMarshal.Cast<byte, float>(data)));
            }
        }

        return moments.ToDictionary(value => value.Key, value => value.Value.Channels(), StringComparer.Ordinal);

        Dictionary<string, NetworkTensor> Named(NetworkTensor sample) => new() { [watched.Input] = sample };
    }

    private static void Add(Dictionary<string, ChannelMoments> moments, string value, ReadOnlySpan<long> shape, ReadOnlySpan<float> data)
    {
        if (!moments.TryGetValue(value, out var known))
        {
            moments[value] = known = new ChannelMoments((int)shape[1]);
        }

        known.Add(data, (int)(data.Length / (shape[0] * shape[1])));
    }
}
