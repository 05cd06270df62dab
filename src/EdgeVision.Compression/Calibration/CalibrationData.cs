namespace EdgeVision.Compression;

/// <summary>What a network's values were seen to be over the calibration samples, and the ranges that follow.</summary>
/// <remarks>
/// One collection serves every <see cref="RangeRule"/>, both forms of INT8 and the report. Bytes of <see cref="Save"/> are the same for the same statistics.
/// Example: a value seen from 0 to 5.1 has the range [0, 5.1], and [-5.1, 5.1] where it shall be symmetric. Immutable, any thread.
/// </remarks>
public sealed class CalibrationData
{
    private readonly SortedDictionary<string, ValueStatistics> _values;

    internal CalibrationData(IEnumerable<KeyValuePair<string, ValueStatistics>> values, int samples, string networkDigest, string sampleDigest)
    {
        _values = new SortedDictionary<string, ValueStatistics>(values.ToDictionary(), StringComparer.Ordinal);
        (Samples, NetworkDigest, SampleDigest) = (samples, networkDigest, sampleDigest);
    }

    /// <summary>Names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Values => _values.Keys;

    /// <summary>How many samples were seen.</summary>
    public int Samples { get; }

    /// <summary>SHA-256 of the network's bytes in small hexadecimal; empty where only ranges are known.</summary>
    public string NetworkDigest { get; }

    /// <summary>SHA-256 over all samples, in their order.</summary>
    public string SampleDigest { get; }

    /// <summary>Data in which every rule gives the range that is given here, widened to hold zero.</summary>
    public static CalibrationData OfRanges(IReadOnlyDictionary<string, ValueRange> ranges) =>
        new(ranges.Select(range => KeyValuePair.Create(range.Key, new ValueStatistics { Range = range.Value, AverageRange = range.Value })), 0, "", "");

    /// <exception cref="CompressionException">The value was not watched.</exception>
    public ValueStatistics StatisticsOf(string value) => _values.TryGetValue(value, out var statistics)
        ? statistics
        : throw new CompressionException($"Value '{value}' was not calibrated: name it when the samples are run.");

    /// <exception cref="CompressionException">The value was not watched, or only its range is known.</exception>
    public ValueHistogram HistogramOf(string value) => StatisticsOf(value).Histogram
        ?? throw new CompressionException($"Only the range of value '{value}' is known, it has no histogram: collect it from samples.");

    /// <summary>The range that 8 bits shall stand for; it holds zero and is never empty.</summary>
    /// <param name="symmetric">The range reaches as far below zero as above, for signed bytes without a zero point.</param>
    /// <exception cref="CompressionException">The value was not watched.</exception>
    public ValueRange RangeOf(string value, RangeRule rule, bool symmetric = false) => RangeChoice.Of(StatisticsOf(value), rule, symmetric);

    /// <summary>As <see cref="RangeOf(string, RangeRule, bool)"/>, of a value that may be read by x · sigmoid(x) alone.</summary>
    internal ValueRange RangeOf(string value, RangeRule rule, bool symmetric, bool beforeSwish) => RangeChoice.Of(StatisticsOf(value), rule, symmetric, beforeSwish);

    /// <summary>Everything that is known, as bytes for a cache.</summary>
    public byte[] Save() => CalibrationFile.Write(this);

    /// <summary>What <see cref="Save"/> wrote.</summary>
    /// <exception cref="CompressionException">The bytes are damaged or of another version.</exception>
    public static CalibrationData Read(byte[] saved) => CalibrationFile.Read(saved);
}
