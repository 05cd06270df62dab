using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeVision.Compression;

/// <summary>One array of NumPy's: <c>\x93NUMPY</c>, version, a header that names element type, order and shape, then the elements (NumPy format 1.0 to 3.0).</summary>
internal sealed partial record NpyArray(string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    private const int Prefix = 10;

    /// <exception cref="CompressionException">Not such a file, or elements column by column.</exception>
    public static NpyArray Read(byte[] bytes, string name)
    {
        if (bytes.Length < Prefix + 2 || bytes[0] != 0x93 || !bytes.AsSpan(1).StartsWith("NUMPY"u8))
        {
            throw new CompressionException($"{name} is not an array of NumPy's: it begins otherwise.");
        }

        // From version 2 on the header's length has four bytes.
        var start = bytes[6] == 1 ? Prefix : Prefix + 2;
        var length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        if (length > (uint)(bytes.Length - start))
        {
            throw new CompressionException($"{name} is cut short within its header.");
        }

        var header = Encoding.Latin1.GetString(bytes, start, (int)length);
        var match = Words().Match(header);
        return !match.Success || match.Groups["order"].Value == "True"
            ? throw new CompressionException($"{name}: its header {header.Trim()} is not that of an array of numbers in C order; save it with numpy.ascontiguousarray.")
            : new NpyArray(match.Groups["type"].Value, ShapeOf(match.Groups["shape"].Value, name), bytes.AsMemory(start + (int)length));
    }

    /// <summary>Whole numbers, whatever their width.</summary>
    /// <exception cref="CompressionException">Other elements, or fewer than the shape says.</exception>
    public long[] Longs(string name)
    {
        var width = Type.Length == 3 && Type[1] is 'i' or 'u' or 'b' ? Type[2] - '0' : 0;
        var count = Shape.Aggregate(1.0, (product, length) => product * length);
        if (width is not (1 or 2 or 4 or 8) || Type[0] == '>' || count * width != Bytes.Length)
        {
            throw new CompressionException($"{name} holds {Type} [{string.Join(", ", Shape)}] in {Bytes.Length} bytes; labels are whole numbers of 1, 2, 4 or 8 bytes, little-endian.");
        }

        return [.. Enumerable.Range(0, (int)count).Select(i => Number(Bytes.Span.Slice(i * width, width), Type[1] == 'i'))];
    }

    private static long Number(ReadOnlySpan<byte> bytes, bool isSigned)
    {
        var value = 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        var spare = 64 - 8 * bytes.Length;
        return isSigned ? value << spare >> spare : value;
    }

    private static long[] ShapeOf(string text, string name) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(length => long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new CompressionException($"{name}: '{length}' is not a length."))];

    [GeneratedRegex(@"'descr':\s*'(?<type>[^']{2,4})'.*'fortran_order':\s*(?<order>True|False).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex Words();
}
