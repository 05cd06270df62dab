using System.Buffers.Binary;
using System.Numerics;

namespace EdgeVision.Packaging;

/// <summary>Where in the old file eight bytes like these stand: one place for each hash, the last.</summary>
/// <remarks>A table of one int for each byte of the old file, at most 256 MB: a missed place costs size, never rightness, because whoever asks compares.</remarks>
internal readonly ref struct OldWindows
{
    public const int Width = 8;
    private const int MaxBits = 26;
    private readonly ReadOnlySpan<byte> _old;
    private readonly int[] _places;
    private readonly int _shift;

    public OldWindows(ReadOnlySpan<byte> old)
    {
        _old = old;
        var bits = Math.Clamp(BitOperations.Log2((uint)old.Length | 1) + 1, 8, MaxBits);
        _shift = 64 - bits;
        _places = new int[1 << bits];
        for (var i = 0; i <= old.Length - Width; i++)
        {
            _places[Slot(old[i..])] = i;
        }
    }

    /// <summary>A place to compare with.</summary>
    public int Find(ReadOnlySpan<byte> window) => _places[Slot(window)];

    /// <summary>Bytes that the two have in common from here on.</summary>
    public int Common(int place, ReadOnlySpan<byte> target) => _old[place..].CommonPrefixLength(target);

    private int Slot(ReadOnlySpan<byte> window) => (int)((BinaryPrimitives.ReadUInt64LittleEndian(window) * 0x9E3779B97F4A7C15) >> _shift);
}
