namespace EdgeVision.Packaging;

/// <summary>Numbers in a delta: zigzag, then seven bits a byte, lowest first, as in protobuf's sint64.</summary>
internal static class DeltaNumber
{
    private const int MaxBytes = 10;

    public static void Write(Stream target, long number)
    {
        var rest = (ulong)((number << 1) ^ (number >> 63));
        for (; rest > 0x7f; rest >>= 7)
        {
            target.WriteByte((byte)(rest | 0x80));
        }

        target.WriteByte((byte)rest);
    }

    /// <exception cref="EndOfStreamException">The stream ends here.</exception>
    /// <exception cref="InvalidDataException">Longer than any number.</exception>
    public static long Read(Stream source)
    {
        var value = 0UL;
        for (var i = 0; i < MaxBytes; i++)
        {
            var next = source.ReadByte();
            if (next < 0)
            {
                throw new EndOfStreamException("it ends too early");
            }

            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next <= 0x7f)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("a number that does not end");
    }
}
