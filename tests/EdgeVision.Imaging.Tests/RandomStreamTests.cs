namespace EdgeVision.Imaging.Tests;

public sealed class RandomStreamTests
{
    [Fact]
    public void For_SameSeedEpochAndIndex_GivesTheSameNumbersEverywhere()
    {
        // Written down, because a run must be repeatable on another machine with another runtime.
        Assert.Equal(0xDB69_5F31_D339_0422UL, RandomStream.For(1, 2, 3).NextULong());
        Assert.Equal(4, new[] { RandomStream.For(1, 2, 3), RandomStream.For(2, 2, 3), RandomStream.For(1, 3, 3), RandomStream.For(1, 2, 4) }.Select(stream => stream.NextULong()).Distinct().Count());
    }

    [Fact]
    public void Draws_ManyTimes_AreEven()
    {
        var random = RandomStream.For(1);

        Assert.All(Enumerable.Range(0, 30_000).Select(_ => random.Next(3)).GroupBy(value => value), group => Assert.InRange(group.Count(), 9_700, 10_300));
        Assert.Equal(0.5, Enumerable.Range(0, 30_000).Average(_ => random.NextFloat()), 0.01);
        Assert.Equal(1, Enumerable.Range(0, 30_000).Average(_ => random.Normal() is var value ? value * value : 0), 0.03);
    }
}
