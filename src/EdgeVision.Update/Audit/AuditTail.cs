namespace EdgeVision.Update;

/// <summary>The end of the log, where the next line goes.</summary>
/// <param name="Path">The file that is written to.</param>
/// <param name="Length">Of its whole lines: what lies behind is what a failed write left, and goes with the next.</param>
/// <param name="Seq">Of the last line; 0 = none.</param>
/// <param name="Digest">Of the last line, hex.</param>
/// <param name="Torn">Bytes behind the last whole line when it was read.</param>
internal sealed record AuditTail(string Path, long Length, long Seq, string Digest, long Torn)
{
    public static AuditTail Empty(string directory) => new(AuditFiles.Path(directory, 1), 0, 0, AuditEntry.NoLineBefore, 0);

    /// <summary>Goes back over files without a whole line: the last one may hold a torn line only.</summary>
    public static AuditTail Read(string directory)
    {
        var torn = 0L;
        foreach (var path in AuditFiles.In(directory).Reverse())
        {
            var bytes = File.ReadAllBytes(path);
            var lines = AuditLines.Split(bytes, out var rest).ToList();
            torn += rest.Length;
            while (lines.Count > 0)
            {
                if (AuditEntry.TryParse(lines[^1]) is { } last)
                {
                    return new AuditTail(path, lines.Sum(line => line.Length + 1), last.Seq, AuditEntry.DigestOf(lines[^1].Span), torn);
                }

                torn += lines[^1].Length + 1; // blocks of a file that the power cut left unwritten read as zeros
                lines.RemoveAt(lines.Count - 1);
            }

            DurableDisk.Delete(path);
        }

        return Empty(directory) with { Torn = torn };
    }

    /// <summary>The same end of the chain, to be gone on with in a new file.</summary>
    public static AuditTail Next(string directory, AuditTail tail) => tail with { Path = AuditFiles.Path(directory, tail.Seq + 1), Length = 0, Torn = 0 };

    /// <summary>The digest that the first line of a file holds of the one before; zeros where there is no such line.</summary>
    public static string PrevOfFirst(string path) => AuditLines.Split(File.ReadAllBytes(path), out _) is [var first, ..] && AuditEntry.TryParse(first) is { } entry ? entry.Prev : AuditEntry.NoLineBefore;

    /// <summary>One line more, on the disk when it returns.</summary>
    public AuditTail Append(ReadOnlySpan<byte> line)
    {
        var isNew = !File.Exists(Path);
        using (var file = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            file.SetLength(Length);
            file.Seek(0, SeekOrigin.End);
            file.Write([.. line, (byte)'\n']);
            file.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            DurableDisk.SyncDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }

        return new AuditTail(Path, Length + line.Length + 1, Seq + 1, AuditEntry.DigestOf(line), 0);
    }
}
