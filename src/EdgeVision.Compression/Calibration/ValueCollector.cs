namespace EdgeVision.Compression;

/// <summary>What is kept of one value between samples: a histogram and some sums, never the numbers themselves.</summary>
internal sealed class ValueCollector(string value, string place, int bins)
{
    private const float Momentum = 0.01f;
    private const int MostChannels = 4096;

    private readonly HistogramCounter _histogram = new(bins);
    private ChannelMoments? _moments;
    private int? _channels;
    private ValueRange? _average;

    /// <summary>Adds what one sample gave.</summary>
    /// <param name="sample">Its number, from 1.</param>
    /// <exception cref="CompressionException">No number, or one that is not finite.</exception>
    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, int sample)
    {
        if (values.IsEmpty)
        {
            throw new CompressionException($"Value '{value}' of {place} is empty at sample {sample} (shape [{string.Join(", ", shape.ToArray())}]): no range can be measured. Leave its nodes in floats.");
        }

        if (_moments is null)
        {
            _channels = shape.Length == 4 && shape[1] <= MostChannels ? (int)shape[1] : null;
            _moments = new ChannelMoments(_channels ?? 1);
        }

        var range = _moments.Add(values, _channels is null ? values.Length : (int)(shape[2] * shape[3]));
        RequireFinite(range, sample);
        _average = _average is { } average ? new ValueRange(Toward(average.Least, range.Least), Toward(average.Greatest, range.Greatest)) : range;
        _histogram.Add(values, range.Least, range.Greatest);
    }

    public ValueStatistics ToStatistics()
    {
        var (mean, deviation) = _moments!.Total();
        return new ValueStatistics
        {
            Range = _moments.Range,
            AverageRange = _average!.Value,
            Mean = mean,
            StandardDeviation = deviation,
            Channels = _channels is null ? [] : _moments.Channels(),
            Histogram = _histogram.ToHistogram(),
        };
    }

    private static float Toward(float average, float next) => average + (Momentum * (next - average));

    private void RequireFinite(ValueRange range, int sample)
    {
        if (!float.IsFinite(range.Least) || !float.IsFinite(range.Greatest))
        {
            throw new CompressionException($"Value '{value}' of {place} is not finite at sample {sample} (from {range.Least} to {range.Greatest}): the network itself breaks on this sample. Check its weights and the preparation of the pictures.");
        }
    }
}
