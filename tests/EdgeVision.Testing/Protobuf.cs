using System.Text;

namespace EdgeVision.Testing;

/// <summary>Protobuf fields written by hand, right ones and wrong ones.</summary>
public static class Protobuf
{
    public static byte[] Varint(int field, long value) => [.. Number((ulong)field << 3), .. Number((ulong)value)];

    public static byte[] Message(int field, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return [.. Number(((ulong)field << 3) | 2), .. Number((ulong)content.Length), .. content];
    }

    public static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>A message in a message in a message: the fields from the outermost in, around <paramref name="core"/>. Filled from its end, so that ten thousand levels cost no more than their bytes.</summary>
    public static byte[] Nest(byte[] core, IEnumerable<int> fields)
    {
        var reversed = new List<byte>(core.Reverse());
        foreach (var field in fields.Reverse())
        {
            byte[] head = [.. Number(((ulong)field << 3) | 2), .. Number((ulong)reversed.Count)];
            reversed.AddRange(head.Reverse());
        }

        reversed.Reverse();
        return [.. reversed];
    }
}
