using System.Text;

namespace EdgeVision.Packaging.Tests;

public sealed class FileDeltaTests
{
    private static readonly byte[] Old = Noise(seed: 1, 200_000);

    public static TheoryData<string, byte[], byte[]> Pairs => new()
    {
        { "the same", Old, Old },
        { "nothing to nothing", [], [] },
        { "nothing to something", [], "abc"u8.ToArray() },
        { "something to nothing", "abc"u8.ToArray(), [] },
        { "shorter than a window", "aaaa"u8.ToArray(), "aabaX"u8.ToArray() },
        { "another file", Old, Noise(seed: 2, 150_000) },
        { "moved weights", Old, Nudged(Old, every: 5) },
        { "a byte more in front", Old, [7, .. Nudged(Old, every: 7)] },
        { "halves exchanged", Old, [.. Old[100_000..], .. Old[..100_000]] },
        { "cut and grown", Old, [.. Old[..50_000], .. Noise(seed: 3, 900), .. Old[60_000..], .. Noise(seed: 4, 5_000)] },
        { "zeros", new byte[300_000], new byte[250_000] },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Apply_WhatEncodeMade_IsTheNewFile(string what, byte[] old, byte[] target) =>
        Assert.True(Apply(old, FileDelta.Encode(old, target), target.Length).AsSpan().SequenceEqual(target), what);

    [Fact]
    public void Encode_WeightsThatMovedByOneInEveryFifthPlace_IsAFractionOfTheFile()
    {
        var target = Nudged(Old, every: 5);
        // One place in five with two equally likely values: 0.2 * log2(2) + entropy of (0.2, 0.8) = 0.92 bits of 8
        Assert.InRange(FileDelta.Encode(Old, target).Length, 1, (int)(target.Length * 0.16));
    }

    [Fact]
    public void Encode_FloatsThatMovedALittle_CostTheirLastBytesOnly()
    {
        var random = new Random(6);
        var (old, target) = (new byte[40_000], new byte[40_000]);
        for (var i = 0; i < old.Length; i += 4)
        {
            var weight = (float)((random.NextDouble() * 2) - 1);
            BitConverter.TryWriteBytes(old.AsSpan(i), weight);
            BitConverter.TryWriteBytes(target.AsSpan(i), weight * (1 + (float)(random.NextDouble() * 1e-5)));
        }

        // Of each four bytes the sign, the exponent and most of the mantissa stay: 1e-5 moves the last 7 of 24 bits.
        Assert.InRange(FileDelta.Encode(old, target).Length, 1, (int)(target.Length * 0.4));
        Assert.True(Apply(old, FileDelta.Encode(old, target), target.Length).AsSpan().SequenceEqual(target));
    }

    [Fact]
    public void Encode_AnotherFile_CostsAboutItself()
    {
        var target = Noise(seed: 2, 150_000);
        Assert.InRange(FileDelta.Encode(Old, target).Length, target.Length, (int)(target.Length * 1.01));
    }

    [Fact]
    public void Apply_TheWrongOldFile_WritesNoMoreThanTheSize()
    {
        var target = Nudged(Old, every: 5);
        Assert.Equal(target.Length, Apply(Noise(seed: 9, Old.Length), FileDelta.Encode(Old, target), target.Length).Length);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public void Apply_SizeSmallerThanTheDeltaHolds_IsRefused(int size) =>
        Assert.Throws<PackageException>(() => Apply(Old, FileDelta.Encode(Old, [.. Old, 1, 2, 3]), size));

    [Fact]
    public void Apply_SizeLargerThanTheDeltaHolds_IsRefused() =>
        Assert.Throws<PackageException>(() => Apply(Old, FileDelta.Encode(Old, Old), Old.Length + 1));

    [Fact]
    public void Apply_AnythingBroken_IsRefusedOrStaysWithinTheSize()
    {
        var random = new Random(20261126);
        var target = Nudged(Old, every: 50);
        var good = FileDelta.Encode(Old, target);
        for (var round = 0; round < 300; round++)
        {
            byte[] bad = [.. good[..random.Next(good.Length / 2, good.Length)]];
            for (var flips = random.Next(4); flips > 0; flips--)
            {
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            }

            var written = 0L;
            var refusal = Record.Exception(() => FileDelta.Apply(new MemoryStream(Old), new MemoryStream(bad), target.Length, piece => written += piece.Length));
            Assert.True(refusal is null or PackageException, refusal?.ToString());
            Assert.InRange(written, 0, target.Length);
        }
    }

    [Fact]
    public void Apply_AFileThatIsNoDelta_SaysWhatToDo()
    {
        var refusal = Assert.Throws<PackageException>(() => Apply(Old, Encoding.ASCII.GetBytes("<html>no such object</html>"), 10));
        Assert.Contains("whole file", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Apply(byte[] old, byte[] delta, long size)
    {
        using var result = new MemoryStream();
        FileDelta.Apply(new MemoryStream(old), new MemoryStream(delta), size, piece => result.Write(piece.Span));
        return result.ToArray();
    }

    private static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Nudged(byte[] old, int every)
    {
        var random = new Random(5);
        return [.. old.Select(value => random.Next(every) == 0 ? unchecked((byte)(value + (random.Next(2) == 0 ? 1 : -1))) : value)];
    }
}
