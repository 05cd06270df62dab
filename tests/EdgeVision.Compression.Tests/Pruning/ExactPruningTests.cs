namespace EdgeVision.Compression.Tests.Pruning;

public sealed class ExactPruningTests
{
    public static TheoryData<string> Names => [.. Sketches.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Remove_ZeroedChannelsOfASketch_ChangesNoOutput(string sketch)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var (difference, removed) = ZeroedChannels.Prune(Sketches.All[sketch](), seed);

            Assert.InRange(difference, 0, 1e-5);
            Assert.True(removed > 0);
        }
    }

    /// <summary>Sixty networks put together at random.</summary>
    [Fact]
    public void Remove_ZeroedChannelsOfRandomNetworks_ChangesNoOutput()
    {
        var pruned = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var (difference, removed) = ZeroedChannels.Prune(RandomNetwork.Of(seed), seed);

            Assert.True(difference <= 1e-5, $"seed {seed}: {difference}");
            pruned += removed > 0 ? 1 : 0;
        }

        Assert.InRange(pruned, 54, 60);
    }
}
