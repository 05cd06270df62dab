using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Compression;

/// <summary>One number for a set: names, sizes and truths of its items, in order. The pictures themselves are not read.</summary>
internal static class DatasetDigest
{
    public static string Of(IReadOnlyList<DatasetItem> items, DatasetClasses classes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in items)
        {
            Add(hash, item.Name);
            Add(hash, item.Size);
            Add(hash, item.Truth.ClassId >= 0 ? classes.Names[item.Truth.ClassId] : "");
            Add(hash, item.Truth.Text);
            foreach (var box in item.Truth.Boxes)
            {
                Add(hash, classes.Names[box.ClassId]);
                Add(hash, [box.Box.X1, box.Box.Y1, box.Box.X2, box.Box.Y2, box.IsIgnored ? 1 : 0]);
            }
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            Add(hash, BitConverter.SingleToInt32Bits(number));
        }
    }
}
