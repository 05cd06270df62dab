using System.Text;

namespace EdgeVision.Update;

/// <summary>A look along the headers of an archive before it is read: their number, and the size of those that the reader would take into memory whole.</summary>
/// <remarks>Example: a header of 512 bytes may claim a name of 2 GB, and a reader that believes it allocates them. Reads headers only, O(1) memory.</remarks>
internal static class TarHeaders
{
    private const int Block = 512, SizeAt = 124, SizeLength = 12, TypeAt = 156;
    private const long MaxExtension = 64 * 1024;

    /// <exception cref="ImportException">Not an archive, cut off, or with headers that no honest archive has.</exception>
    public static void Check(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = new byte[Block];
        for (var entries = 0; file.ReadAtLeast(header, Block, throwOnEndOfStream: false) == Block && header.AsSpan().ContainsAnyExcept((byte)0); entries++)
        {
            var size = SizeOf(header) ?? throw new ImportException($"{path}: entry {entries + 1} has no size that can be read: this is no plain tar (compressed ones are not taken)");
            if (header[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K' && size > MaxExtension)
            {
                throw new ImportException($"{path}: entry {entries + 1} has a name or attributes of {size} bytes: no repository needs them");
            }

            var next = file.Position + ((size + Block - 1) / Block * Block);
            if (next > file.Length || entries >= ImportRules.MaxEntries)
            {
                throw new ImportException(next > file.Length ? $"{path} is cut off in entry {entries + 1}: copy it again" : $"{path} has more than {ImportRules.MaxEntries} entries");
            }

            file.Position = next;
        }
    }

    /// <summary>Octal digits; the binary form of larger files than 8 GiB is not taken.</summary>
    private static long? SizeOf(ReadOnlySpan<byte> header)
    {
        var digits = Encoding.Latin1.GetString(header.Slice(SizeAt, SizeLength)).Trim(' ', '\0');
        return digits.Length > 0 && digits.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(digits, 8) : null;
    }
}
