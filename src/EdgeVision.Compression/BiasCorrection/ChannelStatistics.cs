using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Mean and standard deviation of each channel (second dimension) of values within a network, over all pixels of all samples.</summary>
/// <remarks>
/// Streaming: two sums for each channel, one sample in memory at a time. Values are looked at some at a time, because ONNX Runtime keeps each that is looked at until the run ends; samples are gone through once for each handful.
/// Example: a value [1, 2, 1, 2] of (1, 3, 5, 5) has means (2, 5) and deviations (1, 0).
/// </remarks>
internal sealed class ChannelStatistics
{
    private const int ValuesAtOnce = 16;

    private readonly Dictionary<string, (double[] Sums, double[] Squares)> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public static ChannelStatistics Measure(OnnxModel network, IReadOnlyCollection<string> values, IEnumerable<NetworkTensor> samples, CancellationToken stop)
    {
        var statistics = new ChannelStatistics();
        foreach (var some in values.Distinct(StringComparer.Ordinal).Chunk(ValuesAtOnce))
        {
            statistics.Run(ExposedNetwork.Of(network, some), [.. some], samples, stop);
        }

        return statistics;
    }

    public float[] MeansOf(string value) => [.. Sums(value).Sums.Select(sum => (float)(sum / _counts[value]))];

    public float[] DeviationsOf(string value)
    {
        var (sums, squares) = Sums(value);
        var count = _counts[value];
        return [.. sums.Zip(squares, (sum, square) => (float)Math.Sqrt(Math.Max(0, (square / count) - (sum / count * (sum / count)))))];
    }

    private (double[] Sums, double[] Squares) Sums(string value) => _sums.TryGetValue(value, out var sums)
        ? sums
        : throw new CompressionException($"Nothing is known of '{value}': no sample was given, or it is no float tensor with channels.");

    private void Run(byte[] network, HashSet<string> wanted, IEnumerable<NetworkTensor> samples, CancellationToken stop)
    {
        using var session = TensorNetwork.Open(network, "the network with values shown");
        var inputs = new Dictionary<string, NetworkTensor>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            stop.ThrowIfCancellationRequested();
            inputs[session.Inputs[0].Name] = sample;
            session.Run(inputs, (name, type, shape, data) =>
            {
                if (wanted.Contains(name) && type == (int)TensorProto.Types.DataType.Float && shape.Length >= 2)
                {
                    Add(name, (int)shape[0], (int)shape[1], MemoryMarshal.Cast<byte, float>(data));
                }
            });
        }
    }

    private void Add(string value, int batch, int channels, ReadOnlySpan<float> data)
    {
        if (!_sums.TryGetValue(value, out var sums))
        {
            _sums[value] = sums = (new double[channels], new double[channels]);
        }

        var pixels = data.Length / Math.Max(batch * channels, 1);
        _counts[value] = _counts.GetValueOrDefault(value) + ((long)batch * pixels);
        for (var plane = 0; plane < batch * channels; plane++)
        {
            var values = data.Slice(plane * pixels, pixels);
            sums.Sums[plane % channels] += TensorPrimitives.Sum(values);
            sums.Squares[plane % channels] += TensorPrimitives.SumOfSquares(values);
        }
    }
}
