using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Compression;

/// <summary>Calibration data as bytes: a version, the values in ordinal order, and a SHA-256 over all that stands before it.</summary>
internal static class CalibrationFile
{
    private const string Version = "EdgeVision calibration 1";

    public static byte[] Write(CalibrationData data)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(data.NetworkDigest);
        writer.Write(data.SampleDigest);
        writer.Write(data.Samples);
        writer.Write(data.Values.Count);
        foreach (var value in data.Values)
        {
            writer.Write(value);
            Write(writer, data.StatisticsOf(value));
        }

        writer.Flush();
        return [.. content.ToArray(), .. SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length))];
    }

    /// <exception cref="CompressionException">Damaged, or of another version.</exception>
    public static CalibrationData Read(byte[] bytes)
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length <= 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
        {
            throw new CompressionException("The saved calibration is damaged or cut short: delete it and calibrate again.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        if (reader.ReadString() != Version)
        {
            throw new CompressionException("The saved calibration was written by another version of this tool: delete it and calibrate again.");
        }

        var (network, samples, count) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        return new CalibrationData([.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => KeyValuePair.Create(reader.ReadString(), ReadStatistics(reader)))], count, network, samples);
    }

    private static void Write(BinaryWriter writer, ValueStatistics statistics)
    {
        Write(writer, statistics.Range);
        Write(writer, statistics.AverageRange);
        writer.Write(statistics.Mean);
        writer.Write(statistics.StandardDeviation);
        writer.Write(statistics.Channels.Count);
        foreach (var channel in statistics.Channels)
        {
            writer.Write(channel.Mean);
            writer.Write(channel.StandardDeviation);
            Write(writer, channel.Range);
        }

        Write(writer, statistics.Histogram);
    }

    private static void Write(BinaryWriter writer, ValueRange range)
    {
        writer.Write(range.Least);
        writer.Write(range.Greatest);
    }

    private static void Write(BinaryWriter writer, ValueHistogram? histogram)
    {
        writer.Write(histogram?.Counts.Count ?? 0);
        if (histogram is null)
        {
            return;
        }

        writer.Write(histogram.BinWidth);
        writer.Write(histogram.First);
        foreach (var count in histogram.Counts)
        {
            writer.Write7BitEncodedInt64(count);
        }
    }

    private static ValueStatistics ReadStatistics(BinaryReader reader) => new()
    {
        Range = ReadRange(reader),
        AverageRange = ReadRange(reader),
        Mean = reader.ReadDouble(),
        StandardDeviation = reader.ReadDouble(),
        Channels = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new ChannelStatistics(reader.ReadDouble(), reader.ReadDouble(), ReadRange(reader)))],
        Histogram = ReadHistogram(reader, reader.ReadInt32()),
    };

    private static ValueRange ReadRange(BinaryReader reader) => new(reader.ReadSingle(), reader.ReadSingle());

    private static ValueHistogram? ReadHistogram(BinaryReader reader, int bins) => bins == 0
        ? null
        : new ValueHistogram(reader.ReadDouble(), reader.ReadInt32(), [.. Enumerable.Range(0, bins).Select(_ => reader.Read7BitEncodedInt64())]);
}
