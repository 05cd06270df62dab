using System.IO.Compression;

namespace EdgeVision.Packaging;

/// <summary>A file as its difference to an older one, for links where a byte costs money: a fine-tuned INT8 network is a sixth of its size.</summary>
/// <remarks>
/// Bytes of the new file are written as (new - old) modulo 256 along a stretch of the old one, so that a weight that moved by one is a small number and one that stayed is zero,
/// and the whole is compressed with Brotli (after C. Percival, "Naive Differences of Executable Code", 2003; the measurements stand in models/README.md).
/// Format: <c>EVDELTA1</c>, then compressed (RFC 7932) pieces until the new file is whole: seek in the old file, length along it, length of new bytes, each a
/// <see cref="DeltaNumber"/>, then the differences, then the new bytes.
/// Example: old "aaaa", new "aabaX": seek 0, along 4, new 1, 00 00 01 00, 'X'.
/// A delta is never trusted: what comes of it counts only when its digest is the one the manifest names.
/// </remarks>
public static class FileDelta
{
    internal static ReadOnlySpan<byte> Magic => "EVDELTA1"u8;

    /// <summary>Seconds of work for a megabyte: for those who release models, not for devices.</summary>
    /// <param name="level">SmallestSize is what is sent; Fastest tells in a fraction of the time whether it is worth it.</param>
    public static byte[] Encode(ReadOnlySpan<byte> old, ReadOnlySpan<byte> target, CompressionLevel level = CompressionLevel.SmallestSize)
    {
        var stretches = Encode(old, target, level, along: false);
        var along = old.Length == target.Length && old.Length > 0 ? Encode(old, target, level, along: true) : stretches;
        return along.Length < stretches.Length ? along : stretches;
    }

    /// <summary>Writes the new file; memory for one buffer, whatever the sizes.</summary>
    /// <param name="old">Seekable; verified by the caller.</param>
    /// <param name="size">Bytes of the new file: no more than these are ever written.</param>
    /// <exception cref="PackageException">Not a delta, cut short, or one of another old file.</exception>
    public static void Apply(Stream old, Stream delta, long size, Action<ReadOnlyMemory<byte>> write)
    {
        try
        {
            Span<byte> magic = stackalloc byte[Magic.Length];
            delta.ReadExactly(magic);
            using var pieces = new BrotliStream(delta, CompressionMode.Decompress, leaveOpen: true);
            new DeltaDecoder(old, magic.SequenceEqual(Magic) ? pieces : throw Broken("it does not begin like one"), write).Run(size);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or InvalidOperationException)
        {
            // InvalidOperationException is what BrotliStream says of bytes that are no Brotli.
            throw Broken(exception.Message, exception);
        }
    }

    private static byte[] Encode(ReadOnlySpan<byte> old, ReadOnlySpan<byte> target, CompressionLevel level, bool along)
    {
        using var result = new MemoryStream();
        result.Write(Magic);
        using (var compressed = new BrotliStream(result, level, leaveOpen: true))
        {
            var encoder = new DeltaEncoder(old, target, compressed);
            if (along)
            {
                encoder.RunAlong();
            }
            else
            {
                encoder.Run();
            }
        }

        return result.ToArray();
    }

    internal static PackageException Broken(string why, Exception? cause = null) => new($"The delta cannot be used ({why}): the whole file has to be fetched.", cause);
}
