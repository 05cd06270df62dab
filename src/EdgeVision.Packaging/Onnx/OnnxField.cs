namespace EdgeVision.Packaging;

/// <summary>One field of a protobuf message: its number, and its value or where its bytes lie in the file.</summary>
internal readonly record struct OnnxField(int Number, bool IsBytes, ulong Value, int Start, int End)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private const int MaxNumber = (1 << 29) - 1;
    private const int MaxVarintBytes = 10;

    /// <summary>Takes the field at <paramref name="position"/>, and moves behind it.</summary>
    /// <returns>False when what stands there is not a field that ends by <paramref name="end"/>. Groups are none: nobody writes them.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, ref int position, int end, out OnnxField field)
    {
        field = default;
        if (!TryReadVarint(file, ref position, end, out var tag) || tag >> 3 is 0 or > MaxNumber)
        {
            return false;
        }

        var number = (int)(tag >> 3);
        switch ((int)(tag & 7))
        {
            case Varint:
                var isRead = TryReadVarint(file, ref position, end, out var value);
                field = new OnnxField(number, IsBytes: false, value, position, position);
                return isRead;
            case Fixed64:
                return TrySkip(number, isBytes: false, 8, ref position, end, out field);
            case Bytes:
                return TryReadVarint(file, ref position, end, out var length) && TrySkip(number, isBytes: true, length, ref position, end, out field);
            case Fixed32:
                return TrySkip(number, isBytes: false, 4, ref position, end, out field);
            default:
                return false;
        }
    }

    public static bool TryReadVarint(ReadOnlySpan<byte> file, ref int position, int end, out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && position < end; i++)
        {
            var next = file[position++];
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TrySkip(int number, bool isBytes, ulong length, ref int position, int end, out OnnxField field)
    {
        field = default;
        if (length > (ulong)(end - position))
        {
            return false;
        }

        field = new OnnxField(number, isBytes, 0, position, position + (int)length);
        position = field.End;
        return true;
    }
}
