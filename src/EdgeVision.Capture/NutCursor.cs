using System.Buffers.Binary;

namespace EdgeVision.Capture;

/// <summary>Reads NUT's numbers from a span; past the end it gives zeros and says so once, in <see cref="Overrun"/>.</summary>
internal ref struct NutCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public bool Overrun { get; private set; }

    public readonly bool AtEnd => Position >= _bytes.Length;

    public byte Byte()
    {
        if (AtEnd)
        {
            Overrun = true;
            return 0;
        }

        return _bytes[Position++];
    }

    public ulong StartCode()
    {
        if (_bytes.Length - Position < 8)
        {
            Overrun = true;
            return 0;
        }

        var code = BinaryPrimitives.ReadUInt64BigEndian(_bytes[Position..]);
        Position += 8;
        return code;
    }

    /// <summary>Seven bits a byte, most significant first: 0x81 0x00 is 128.</summary>
    public long Unsigned()
    {
        long value = 0;
        byte next;
        do
        {
            next = Byte();
            value = (value << 7) | (uint)(next & 0x7F);
        }
        while ((next & 0x80) != 0);
        return value;
    }

    /// <summary>1 is 1, 2 is -1, 3 is 2, 4 is -2.</summary>
    public long Signed()
    {
        var value = Unsigned() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            Overrun = true;
            return default;
        }

        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
