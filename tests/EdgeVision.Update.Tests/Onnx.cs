namespace EdgeVision.Update.Tests;

/// <summary>The smallest network that holds so many bytes of weights: one Identity, written as protobuf by hand.</summary>
internal static class Onnx
{
    public static byte[] Write(byte[] weights)
    {
        byte[] tensor = [.. Number(1, weights.Length), .. Number(2, 2), .. Bytes(8, "w"u8), .. Bytes(9, weights)]; // dims, UINT8, name, raw_data
        byte[] node = [.. Bytes(1, "w"u8), .. Bytes(2, "out"u8), .. Bytes(4, "Identity"u8)];
        byte[] graph = [.. Bytes(1, node), .. Bytes(2, "g"u8), .. Bytes(5, tensor), .. Bytes(12, Bytes(1, "out"u8))];
        byte[] opset = [.. Bytes(1, ""u8), .. Number(2, 17)];
        return [.. Number(1, 8), .. Bytes(7, graph), .. Bytes(8, opset)];
    }

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Bytes(int field, ReadOnlySpan<byte> bytes) => [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static List<byte> Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
