namespace EdgeVision.Agent.Tests;

/// <summary>One Identity over a few weights, written as protobuf by hand: enough for whoever looks at structure, and nobody runs it.</summary>
internal static class TinyNetwork
{
    /// <param name="weights">Fewer than 64 bytes, so that every length is one byte.</param>
    public static byte[] Write(byte[] weights)
    {
        byte[] tensor = [0x08, (byte)weights.Length, 0x10, 2, .. Bytes(8, "w"u8), .. Bytes(9, weights)]; // dims, UINT8, name, raw_data
        byte[] node = [.. Bytes(1, "w"u8), .. Bytes(2, "out"u8), .. Bytes(4, "Identity"u8)];
        byte[] graph = [.. Bytes(1, node), .. Bytes(2, "g"u8), .. Bytes(5, tensor), .. Bytes(12, Bytes(1, "out"u8))];
        byte[] opset = [.. Bytes(1, ""u8), 0x10, 17];
        return [0x08, 8, .. Bytes(7, graph), .. Bytes(8, opset)];
    }

    private static byte[] Bytes(int field, ReadOnlySpan<byte> bytes) => [(byte)((field << 3) | 2), checked((byte)bytes.Length), .. bytes];
}
