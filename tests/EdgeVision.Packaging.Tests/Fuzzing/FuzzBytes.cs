namespace EdgeVision.Packaging.Tests;

/// <summary>Files that are nearly right: a good one with bytes flipped, cut, doubled, or taken from another. The same seed, the same files.</summary>
#pragma warning disable CA5394 // a test that cannot be repeated is of no use; nothing secret hangs on it
internal sealed class FuzzBytes(int seed)
{
    private static readonly byte[][] Nasty =
    [
        [], [0], [0x7F], [0x80], [0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x6A, 0x00], [0x70, 0x01], new byte[300],
    ];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    public byte[] Pick(IReadOnlyList<byte[]> files) => files[_random.Next(files.Count)];

    public byte[] PickNasty() => Pick(Nasty);

    /// <summary>One to four changes at places of no meaning.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> good)
    {
        var file = Pick(good);
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
        {
            var at = _random.Next(file.Length + 1);
            var until = Math.Min(file.Length, at + _random.Next(9));
            file = _random.Next(6) switch
            {
                0 => file[..at],
                1 => [.. file[..at], .. file[until..]],
                2 => [.. file[..until], .. file[at..]],
                3 => [.. file[..at], .. PickNasty(), .. file[until..]],
                4 => [.. file[..at], .. Pick(good) is var other ? other[Math.Min(at, other.Length)..] : []],
                _ => Flip(file, at),
            };
        }

        return file;
    }

    private byte[] Flip(byte[] file, int at)
    {
        var flipped = (byte[])file.Clone();
        if (at < flipped.Length)
        {
            flipped[at] ^= (byte)(1 << _random.Next(8));
        }

        return flipped;
    }
}
#pragma warning restore CA5394
