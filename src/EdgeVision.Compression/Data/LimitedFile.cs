namespace EdgeVision.Compression;

/// <summary>Files that are read whole, up to a limit that no sound one reaches.</summary>
internal static class LimitedFile
{
    private const long MaxBytes = 512L << 20;

    /// <exception cref="CompressionException">Too large, or it cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxBytes ? File.ReadAllBytes(path) : throw new CompressionException($"{path} has {length} bytes; at most {MaxBytes} are read. Split the set.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CompressionException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Everything of a stream that promises no length, as a packed file does.</summary>
    /// <exception cref="CompressionException">More than <paramref name="limit"/> bytes come.</exception>
    public static byte[] ReadAll(Stream stream, long limit, string name)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (memory.Length + read > limit)
            {
                throw new CompressionException($"{name} unpacks to more than {limit} bytes, which is refused.");
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }
}
