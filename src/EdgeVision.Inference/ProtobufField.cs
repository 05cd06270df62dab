namespace EdgeVision.Inference;

/// <summary>One field of a protobuf message: its number, and its value or bytes.</summary>
internal readonly ref struct ProtobufField
{
    private ProtobufField(int number, ulong value, ReadOnlySpan<byte> bytes, bool isBytes)
    {
        Number = number;
        Value = value;
        Bytes = bytes;
        IsBytes = isBytes;
    }

    public int Number { get; }

    public ulong Value { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    public bool IsBytes { get; }

    /// <summary>Takes the next field off the front. False when what follows is not a field that fits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out ProtobufField field)
    {
        field = default;
        if (!TryReadVarint(ref rest, out var tag) || tag >> 3 is 0 or > 536_870_911)
        {
            return false;
        }

        var number = (int)(tag >> 3);
        return (tag & 7) switch
        {
            0 => TryReadValue(number, ref rest, out field),
            1 => TrySkip(number, 8, ref rest, out field),
            2 => TryReadVarint(ref rest, out var length) && length <= int.MaxValue && TrySkip(number, (int)length, ref rest, out field),
            5 => TrySkip(number, 4, ref rest, out field),
            _ => false,
        };
    }

    /// <summary>The value, or the product of the packed values (a tensor's dimensions come both ways).</summary>
    public long Product()
    {
        if (!IsBytes)
        {
            return (long)Value;
        }

        var product = 1L;
        var rest = Bytes;
        while (TryReadVarint(ref rest, out var value))
        {
            product = unchecked(product * (long)value);
        }

        return product;
    }

    private static bool TryReadValue(int number, ref ReadOnlySpan<byte> rest, out ProtobufField field)
    {
        var isRead = TryReadVarint(ref rest, out var value);
        field = new ProtobufField(number, value, [], isBytes: false);
        return isRead;
    }

    private static bool TrySkip(int number, int length, ref ReadOnlySpan<byte> rest, out ProtobufField field)
    {
        field = default;
        if (length > rest.Length)
        {
            return false;
        }

        field = new ProtobufField(number, 0, rest[..length], isBytes: true);
        rest = rest[length..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < 10; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
