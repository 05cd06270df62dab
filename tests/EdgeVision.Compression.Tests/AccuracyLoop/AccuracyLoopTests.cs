namespace EdgeVision.Compression.Tests;

public sealed class AccuracyLoopTests
{
    [Fact]
    public void Search_EverythingHoldsIn8Bits_MeasuresOnceAndLeavesNoIsland()
    {
        var result = new AccuracyLoop(_ => 0.2).Search(["a", "b", "c"]);

        Assert.True(result is { Holds: true, Evaluations: 1, IsExhausted: false });
        Assert.Empty(result.FloatIslands);
    }

    [Fact]
    public void Search_ThirdOfFourHurts_FindsItAfterTheStepsOfTheExample()
    {
        // {} fails, a fails, ab fails, abcd holds, abc holds; c cannot go back (ab is known), b can, a can
        var asked = new List<string>();

        var result = new AccuracyLoop(nodes => Ask(asked, nodes, nodes.Contains("c") ? 0.1 : 5)).Search(["a", "b", "c", "d"]);

        Assert.Equal(["", "a", "ab", "abcd", "abc", "ac", "c"], asked);
        Assert.Equal(["c"], result.FloatIslands);
        Assert.Equal(0.1, result.Drop);
        Assert.Equal(asked.Count, result.Evaluations);
        Assert.Equal([false, false, false, true, true, true, true], result.Steps.Select(step => step.Holds));
    }

    [Fact]
    public void Search_TwoLayersHurtOnlyTogether_KeepsOneOfThem()
    {
        // Only when b and d are both in 8 bits: one of both in floats is enough, and the more suspect one is.
        var result = new AccuracyLoop(nodes => nodes.Contains("b") || nodes.Contains("d") ? 0 : 9).Search(["a", "b", "c", "d"]);

        Assert.Equal(["b"], result.FloatIslands);
    }

    [Fact]
    public void Search_LayersThatHelpOnlyTogether_KeepsBoth()
    {
        // Points: 4 lost unless b and e are both in floats, and 0.2 a node between.
        var result = new AccuracyLoop(nodes => nodes.Contains("b") && nodes.Contains("e") ? 0.4 : 4).Search(["a", "b", "c", "d", "e", "f"]);

        Assert.Equal(["b", "e"], result.FloatIslands);
        Assert.True(result.Holds);
    }

    [Fact]
    public void Search_NothingHelps_GivesTheLeastLossAndSaysSo()
    {
        var result = new AccuracyLoop(nodes => 3 - (0.5 * nodes.Count)).Search(["a", "b", "c"]);

        Assert.False(result.Holds);
        Assert.Equal(["a", "b", "c"], result.FloatIslands);
        Assert.Equal(1.5, result.Drop);
    }

    [Fact]
    public void Search_MetricWithoutAnswer_IsNoSuccess()
    {
        var result = new AccuracyLoop(nodes => nodes.Count == 1 ? 2 : double.NaN).Search(["a", "b"]);

        Assert.False(result.Holds);
        Assert.Equal(2, result.Drop);
    }

    [Fact]
    public void Search_BudgetRunsOut_GivesTheBestSoFar()
    {
        // Five evaluations reach {}, a, ab, abcd, abc; giving back would need more.
        var result = new AccuracyLoop(nodes => nodes.Contains("c") ? 0 : 5, new AccuracyLoopOptions { MaxEvaluations = 5 }).Search(["a", "b", "c", "d"]);

        Assert.True(result is { Holds: true, Evaluations: 5, IsExhausted: true });
        Assert.Equal(["a", "b", "c"], result.FloatIslands);
    }

    [Fact]
    public void Search_Stopped_MeasuresNoMore()
    {
        using var stop = new CancellationTokenSource();
        var measured = 0;
        var loop = new AccuracyLoop(_ =>
        {
            measured++;
            stop.Cancel();
            return 5;
        });

        Assert.Throws<OperationCanceledException>(() => loop.Search(["a", "b"], stop: stop.Token));
        Assert.Equal(1, measured);
    }

    [Fact]
    public void Search_NoSuspects_MeasuresOnce() => Assert.True(new AccuracyLoop(_ => 7).Search([]) is { Holds: false, Evaluations: 1 });

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(0.5, 0)]
    public void AccuracyLoop_OptionBeyondItsLimits_IsRefused(double maxDrop, int maxEvaluations) =>
        Assert.Throws<CompressionException>(() => new AccuracyLoop(_ => 0, new AccuracyLoopOptions { MaxDrop = maxDrop, MaxEvaluations = maxEvaluations }));

    private static double Ask(List<string> asked, IReadOnlySet<string> nodes, double drop)
    {
        asked.Add(string.Concat(nodes.Order(StringComparer.Ordinal)));
        return drop;
    }
}
