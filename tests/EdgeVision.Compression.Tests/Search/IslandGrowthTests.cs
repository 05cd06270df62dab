using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class IslandGrowthTests
{
    // MACs in millions: a 19, b 151, y 9. b alone is more than half of it, and no network is faster than in floats with that in floats.
    private static readonly OnnxModel Model = SmallNetwork.Of(
        [1, 8, 64, 64],
        [SmallNetwork.Weights("wide", 1, 64, 8, 3, 3), SmallNetwork.Weights("one", 2, 64, 64, 3, 3), SmallNetwork.Weights("last", 3, 4, 64, 3, 3)],
        OnnxNode.Of("Conv", ["x", "wide"], ["a"]),
        OnnxNode.Of("Conv", ["a", "one"], ["b"]),
        OnnxNode.Of("Conv", ["b", "last"], ["y"]));

    [Fact]
    public void Grow_LayerThatIsMostOfTheNetwork_IsNotKeptHoweverMuchItHelps()
    {
        var sets = Grow(["Conv_b", "Conv_a"], [], layers => 10 + (layers.Contains("Conv_b") ? 3 : 0) + (layers.Contains("Conv_a") ? 2 : 0));

        Assert.Equal(["Conv_a"], sets);
    }

    [Fact]
    public void Grow_NeighboursThatHelpOnlyTogether_AreKeptTogether()
    {
        var sets = Grow(["Conv_a", "Conv_y"], ["Conv_y"], layers => layers.Count == 2 ? 20 : 10);

        Assert.Equal(["Conv_a Conv_y"], sets);
    }

    [Fact]
    public void Grow_NothingBringsItNearer_KeepsNothing() => Assert.Empty(Grow(["Conv_a", "Conv_y"], [], _ => 10));

    [Fact]
    public void Grow_NetworkThatCannotBeMade_IsPassedOver() => Assert.Equal(["Conv_y"], Grow(["Conv_a", "Conv_y"], [], layers => layers.Contains("Conv_a") ? double.NaN : 10 + layers.Count));

    private static string[] Grow(string[] suspects, string[] next, Func<IReadOnlySet<string>, double> nearness) =>
        [.. new IslandGrowth(suspects, layer => next.Where(other => other != layer), new IslandCosts(Model), nearness).Grow().Select(set => string.Join(' ', set.Order(StringComparer.Ordinal)))];
}
