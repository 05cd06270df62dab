using System.Diagnostics;
using System.Numerics;

namespace EdgeVision.Trainer.Tests;

public sealed class NearDuplicatesTests(ITestOutputHelper output)
{
    private static readonly sbyte[] _thumbnail = [.. Enumerable.Range(0, 256).Select(i => (sbyte)(i % 7 * 9 - 27))];

    [Fact]
    public void Find_SevenBitsApart_AreFoundWhicheverTheyAre()
    {
        var random = RandomStream.For(1);
        var one = random.NextULong();
        for (var trial = 0; trial < 200; trial++)
        {
            var other = one;
            while (BitOperations.PopCount(one ^ other) < NearDuplicates.MaxDistance)
            {
                other ^= 1UL << random.Next(64);
            }

            Assert.Equal([0, 0], NearDuplicates.Find([Look(one), Look(other)]));
        }

        Assert.Equal([0, 1], NearDuplicates.Find([Look(one), Look(one ^ 0x0101_0101_0101_0101)]));
    }

    [Fact]
    public void Find_HundredThousandUnlikeOnes_ComparesFewOfThem()
    {
        var random = RandomStream.For(2);
        PictureLook[] looks = [.. Enumerable.Range(0, 100_000).Select(_ => Look(random.NextULong()))];
        looks[77_777] = Look(looks[5].Hash ^ 1);
        var watch = Stopwatch.StartNew();

        var groups = NearDuplicates.Find(looks);

        output.WriteLine($"100,000 in {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.Equal(5, groups[77_777]);
        Assert.InRange(groups.Distinct().Count(), 99_990, 99_999); // by chance some are 7 bits apart
    }

    private static PictureLook Look(ulong hash) => new(hash, _thumbnail, 0, IsFlat: false, IsSmall: false);
}
