namespace EdgeVision.Compression.Tests;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(10, 2, 0.038574)] // 2 * (1 + 12 + 66) / 4096
    [InlineData(2, 10, 0.038574)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 0, 0.0625)] // 2 / 32
    [InlineData(2000, 2000, 1)]
    public void McNemar_DiscordantPictures_GiveTheExactP(int lost, int won, double p) => Assert.Equal(p, McNemar.P(lost, won), 1e-6);

    [Fact]
    public void McNemar_Interval_IsAgrestiAndMins()
    {
        var (low, high) = McNemar.Interval(10, 2, 100);

        Assert.Equal((0.010842, 0.146021), (Math.Round(low, 6), Math.Round(high, 6)));
    }

    [Theory]
    [InlineData(89, 100, 0.813687, 0.937458)]
    [InlineData(0, 10, 0, 0.277533)]
    [InlineData(10, 10, 0.722467, 1)]
    public void Wilson_Share_HasItsInterval(int right, int count, double low, double high)
    {
        var interval = Wilson.Interval(right, count);

        Assert.Equal((low, high), (Math.Round(interval.Low, 6), Math.Round(interval.High, 6)));
    }

    [Fact]
    public void Bootstrap_MeanOfHundred_IsAsWideAsTheory()
    {
        // Half of 100 are right: standard error 0.05, so 0.402 to 0.598; a thousand draws come near.
        var (low, high) = Bootstrap.Interval(new MeanStatistic([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1.0 : 0.0)]), 100, 1000);

        Assert.InRange(low, 0.38, 0.42);
        Assert.InRange(high, 0.58, 0.62);
    }

    [Fact]
    public void PairedComparison_Shares_AreTestedExactly()
    {
        // 20 pictures: 10 lost, 2 won, 8 right on both sides.
        var (before, after) = (Shares(i => i is < 10 or >= 12), Shares(i => i >= 10));

        var result = PairedComparison.Of(before, after);

        Assert.Equal((0.4, "mcnemar", 10, 2), (result.Drop, result.Test, result.Lost, result.Won));
        Assert.Equal(158.0 / 4096, result.P, 1e-12);
    }

    [Fact]
    public void PairedComparison_SameBoxes_LoseNothing()
    {
        var evaluation = Boxes(true, false, true, true);

        var result = PairedComparison.Of(evaluation, evaluation);

        Assert.Equal((0, 0, 0, 1, "bootstrap"), (result.Drop, result.Low, result.High, result.P, result.Test));
    }

    [Fact]
    public void PairedComparison_FewerHits_IsADropBeyondChance()
    {
        // one object a picture: 40 found before; after, every second is found and nothing else is said
        var (before, after) = (Boxes([.. Enumerable.Repeat(true, 40)]), Boxes([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0)]));

        var result = PairedComparison.Of(before, after);

        Assert.Equal(0.5, result.Drop, 9);
        Assert.InRange(result.Low, 0.3, 0.5);
        Assert.InRange(result.P, 0, 0.01);
    }

    [Fact]
    public void PairedComparison_OtherPictures_IsRefused() =>
        Assert.Contains("same data set", Assert.Throws<CompressionException>(() => PairedComparison.Of(Boxes(true), Boxes(true, true))).Message, StringComparison.Ordinal);

    private static Evaluation Shares(Func<int, bool> isRight) =>
        new("top1", 0, 0, 0, 20, 0, [.. Enumerable.Range(0, 20).Select(i => new ItemOutcome($"{i}", isRight(i) ? 1 : 0, "", ""))]);

    /// <summary>One object in each picture, found or not.</summary>
    private static Evaluation Boxes(params bool[] isFound) => new("ap50", 0, 0, 0, isFound.Length, 0,
        [.. isFound.Select((found, i) => new ItemOutcome($"{i}", found ? 1 : 0, "", "") { Boxes = new BoxOutcome([0], found ? [new FoundBox(0, 0.9f, true)] : []) })]);
}
