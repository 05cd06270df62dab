using System.IO.Compression;

namespace EdgeVision.Hub;

/// <summary>Messages of one segment as bytes: written one after the other and compressed together, because they repeat each other nearly word for word.</summary>
/// <remarks>zlib, whose checksum finds a bit that flash turned. Any thread.</remarks>
internal static class SegmentFormat
{
    private const byte Version = 1;

    public static byte[] Encode(IReadOnlyList<OutboxEntry> entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new ZLibStream(bytes, CompressionLevel.Optimal)))
        {
            writer.Write(Version);
            foreach (var entry in entries)
            {
                Write(writer, entry);
            }
        }

        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static IReadOnlyList<OutboxEntry> Decode(OutboxSegment segment, byte[] bytes)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var reader = new BinaryReader(stream);
            if (reader.ReadByte() != Version)
            {
                throw new InvalidDataException($"segment {segment.First} is of another version");
            }

            OutboxEntry[] entries = [.. Enumerable.Range(0, segment.Count).Select(_ => Read(reader, segment))];
            // the checksum stands behind the last byte, and is looked at only by who reads on
            return stream.ReadByte() < 0 ? entries : throw new InvalidDataException($"segment {segment.First} is longer than its {segment.Count} messages");
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"segment {segment.First} is damaged: {exception.Message}", exception);
        }
    }

    private static void Write(BinaryWriter writer, OutboxEntry entry)
    {
        var message = entry.Message;
        writer.Write7BitEncodedInt64(entry.Sequence);
        writer.Write7BitEncodedInt64(entry.Stamp);
        writer.Write(message.Created.UtcTicks);
        writer.Write7BitEncodedInt64((long)(message.TimeToLive?.TotalMilliseconds ?? -1));
        writer.Write7BitEncodedInt64(message.Receipt);
        writer.Write(message.Clock);
        writer.Write(message.Id);
        writer.Write(message.Type);
        writer.Write7BitEncodedInt(message.Body.Length);
        writer.Write(message.Body);
    }

    private static OutboxEntry Read(BinaryReader reader, OutboxSegment segment)
    {
        var (sequence, stamp) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        var created = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var (life, receipt) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        var (clock, id, type) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var length = reader.Read7BitEncodedInt();
        var body = reader.ReadBytes(length is >= 0 and <= TelemetryMessage.MostBytes ? length : throw new InvalidDataException($"segment {segment.First} is damaged: a body of {length} bytes"));
        var message = new TelemetryMessage(id, type, segment.Priority, created, body) { TimeToLive = life < 0 ? null : TimeSpan.FromMilliseconds(life), Clock = clock, Receipt = receipt };
        return new OutboxEntry(sequence, message, segment.Expiry.Boot, stamp) { Segment = segment };
    }
}
