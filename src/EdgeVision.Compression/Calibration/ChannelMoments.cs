using System.Numerics.Tensors;

namespace EdgeVision.Compression;

/// <summary>Sums from which mean, standard deviation and range of each channel follow.</summary>
internal sealed class ChannelMoments(int channels)
{
    private readonly double[] _sums = new double[channels];
    private readonly double[] _squares = new double[channels];
    private readonly float[] _least = [.. Enumerable.Repeat(float.PositiveInfinity, channels)];
    private readonly float[] _greatest = [.. Enumerable.Repeat(float.NegativeInfinity, channels)];
    private long _count;

    public ValueRange Range => new(TensorPrimitives.Min<float>(_least), TensorPrimitives.Max<float>(_greatest));

    /// <summary>Adds one sample, [batch, channel, place] in row-major order, and gives its own range; one that is not finite tells of such a number.</summary>
    public ValueRange Add(ReadOnlySpan<float> values, int places)
    {
        var (least, greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var start = 0; start < values.Length; start += places)
        {
            var part = values.Slice(start, places);
            var channel = start / places % channels;
            var range = new ValueRange(TensorPrimitives.Min(part), TensorPrimitives.Max(part));
            Add(channel, part, range);
            (least, greatest) = (MathF.Min(least, range.Least), MathF.Max(greatest, range.Greatest));
        }

        _count += values.Length / channels;
        return new ValueRange(least, greatest);
    }

    public IReadOnlyList<ChannelStatistics> Channels() => [.. Enumerable.Range(0, channels).Select(Channel)];

    public (double Mean, double StandardDeviation) Total() => Moments(_sums.Sum(), _squares.Sum(), (double)_count * channels);

    private static (double Mean, double StandardDeviation) Moments(double sum, double squares, double count)
    {
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max((squares / count) - (mean * mean), 0)));
    }

    private ChannelStatistics Channel(int channel)
    {
        var (mean, deviation) = Moments(_sums[channel], _squares[channel], _count);
        return new ChannelStatistics(mean, deviation, new ValueRange(_least[channel], _greatest[channel]));
    }

    private void Add(int channel, ReadOnlySpan<float> values, ValueRange range)
    {
        _sums[channel] += TensorPrimitives.Sum(values);
        _squares[channel] += TensorPrimitives.SumOfSquares(values);
        _least[channel] = MathF.Min(_least[channel], range.Least);
        _greatest[channel] = MathF.Max(_greatest[channel], range.Greatest);
    }
}
