namespace EdgeVision.Packaging;

/// <summary>Pieces of a delta to the new file. Every number in it is checked before it is used.</summary>
internal sealed class DeltaDecoder(Stream old, Stream pieces, Action<ReadOnlyMemory<byte>> write)
{
    private readonly byte[] _piece = new byte[64 * 1024];
    private readonly byte[] _before = new byte[64 * 1024];
    private long _missing;

    public void Run(long size)
    {
        _missing = size;
        while (_missing > 0)
        {
            var seek = DeltaNumber.Read(pieces);
            var along = Length(DeltaNumber.Read(pieces));
            var fresh = Length(DeltaNumber.Read(pieces));
            var from = unchecked(old.Position + seek);
            if (from < 0 || from > old.Length - along || along + fresh > _missing || along + fresh == 0)
            {
                throw FileDelta.Broken("it points outside of its files");
            }

            old.Position = from;
            Copy(along, addOld: true);
            Copy(fresh, addOld: false);
        }
    }

    private long Length(long number) => number >= 0 && number <= _missing ? number : throw FileDelta.Broken($"a piece of {number} bytes");

    private void Copy(long count, bool addOld)
    {
        for (; count > 0;)
        {
            var some = (int)Math.Min(count, _piece.Length);
            pieces.ReadExactly(_piece.AsSpan(0, some));
            if (addOld)
            {
                old.ReadExactly(_before.AsSpan(0, some));
                Add(_piece.AsSpan(0, some), _before);
            }

            write(_piece.AsMemory(0, some));
            (count, _missing) = (count - some, _missing - some);
        }
    }

    private static void Add(Span<byte> piece, ReadOnlySpan<byte> before)
    {
        for (var i = 0; i < piece.Length; i++)
        {
            piece[i] = unchecked((byte)(piece[i] + before[i]));
        }
    }
}
