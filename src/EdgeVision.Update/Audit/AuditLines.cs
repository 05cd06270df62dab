namespace EdgeVision.Update;

/// <summary>The lines of one file of the log; a rest without line feed is not one.</summary>
internal static class AuditLines
{
    /// <param name="rest">Bytes behind the last line feed: what a power cut left of a line.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file, out ReadOnlyMemory<byte> rest)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        rest = file;
        while (rest.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            lines.Add(rest[..end]);
            rest = rest[(end + 1)..];
        }

        return lines;
    }
}
