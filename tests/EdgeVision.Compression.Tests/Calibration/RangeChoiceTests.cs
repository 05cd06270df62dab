namespace EdgeVision.Compression.Tests;

public sealed class RangeChoiceTests
{
    private static readonly CalibrationMethod[] Methods = Enum.GetValues<CalibrationMethod>();

    [Theory]
    [InlineData(90, 0, 1)]
    [InlineData(95, -0.5, 1.5)]
    [InlineData(100, -1, 2)]
    public void Percentile_ThreeBins_CutsHalfOfTheRestAtEachEnd(double percentile, float least, float greatest)
    {
        var range = PercentileRange.Of(new ValueHistogram(1, -1, [5, 90, 5]), percentile, symmetric: false);

        Assert.Equal((least, greatest), (range.Least, range.Greatest));
    }

    [Fact]
    public void Percentile_Symmetric_CutsNumbersWithoutTheirSign()
    {
        // Without sign [0, 1) holds 95 and [1, 2) holds 5: 97.5 % lie below 1.5.
        var range = PercentileRange.Of(new ValueHistogram(1, -2, [2, 45, 50, 3]), 97.5, symmetric: true);

        Assert.Equal(1.5f, range.Greatest, 5);
    }

    [Theory]
    [InlineData(1, 0, 1, 1.0 / 12)] // within the grid: a step squared by twelve
    [InlineData(0.25, 0, 4, 1.0 / 192)]
    [InlineData(1, 0, 0, 1.0 / 3)] // everything is clipped to zero
    [InlineData(0.5, 0, 1, (0.5 / 48) + (1.0 / 24))] // half within, half clipped to 0.5
    public void QuantizationError_OneBinFromZeroToOne_IsTheIntegral(double step, int lowest, int highest, double expected) =>
        Assert.Equal(expected, QuantizationError.Of(new ValueHistogram(1, 0, [1]), step, lowest, highest), 9);

    [Fact]
    public void MeanSquaredError_OneFarNumberOfAMillion_IsClippedWhereStepAndClippingCostTheSame()
    {
        // (30 - c)^2 + 10^6 (c / 255)^2 / 12 is least at c = 30 / (1 + 10^6 / (12 * 255^2)) = 13.15.
        var range = Statistics(30).Choose(CalibrationMethod.MeanSquaredError);

        Assert.InRange(range.Greatest, 12.5f, 13.8f);
        Assert.Equal(0, range.Least);
    }

    [Fact]
    public void RangeOf_OneFarNumberOfAMillion_ChangesMinMaxButNotPercentile()
    {
        Assert.Equal(1000, Statistics(1000).Choose(CalibrationMethod.MinMax).Greatest);
        Assert.InRange(Statistics(1000).Choose(CalibrationMethod.Percentile).Greatest, 0.99f, 1.01f);
        Assert.True(Statistics(3).Choose(CalibrationMethod.Entropy).Greatest < 2);
    }

    [Fact]
    public void Percentile_OfMore_IsNoNarrower()
    {
        var statistics = Normal();
        var ranges = new[] { 90, 99, 99.9, 99.99, 99.999, 100 }.Select(percentile => RangeChoice.Of(statistics, new RangeRule { Method = CalibrationMethod.Percentile, Percentile = percentile }, false)).ToArray();

        Assert.Equal(ranges.OrderBy(range => range.Greatest - range.Least), ranges);
        Assert.Equal(ranges.Length, ranges.Distinct().Count());
    }

    [Fact]
    public void RangeOf_EveryMethod_HoldsZeroAndIsNoWiderThanWhatWasSeen()
    {
        foreach (var statistics in new[] { Normal(), Statistics(5), Of([.. Enumerable.Range(0, 1000).Select(i => 2 + (i / 1000f))]), Of([.. Enumerable.Range(0, 1000).Select(i => -2 - (i / 1000f))]) })
        {
            var seen = statistics.Choose(CalibrationMethod.MinMax);
            foreach (var range in Methods.Select(method => statistics.Choose(method)))
            {
                Assert.True(range.Least <= 0 && range.Greatest >= 0 && range.Least < range.Greatest, $"{range}");
                Assert.True(range.Least >= seen.Least && range.Greatest <= seen.Greatest, $"{range} in {seen}");
            }
        }
    }

    [Fact]
    public void RangeOf_Symmetric_ReachesAsFarBothWays()
    {
        foreach (var range in Methods.Select(method => Of([-1, 0.5f, 3, 2, 1]).Choose(method, symmetric: true)))
        {
            Assert.Equal(-range.Least, range.Greatest);
            Assert.InRange(range.Greatest, 0.01f, 3);
        }
    }

    [Fact]
    public void RangeOf_AlwaysZero_IsSafeWithEveryMethod()
    {
        Assert.All(Methods, method => Assert.Equal(new ValueRange(0, 1), Of([0, 0, 0]).Choose(method)));
        Assert.All(Methods, method => Assert.Equal(new ValueRange(-1, 1), Of([0, 0, 0]).Choose(method, symmetric: true)));
    }

    [Fact]
    public void RangeOf_PercentileOfNothing_SaysWhatIsUsual()
    {
        var rule = new RangeRule { Method = CalibrationMethod.Percentile, Percentile = 0 };

        Assert.Contains("99.99 is usual", Assert.Throws<CompressionException>(() => RangeChoice.Of(Normal(), rule, false)).Message, StringComparison.Ordinal);
    }

    private static ValueStatistics Normal()
    {
        var random = new Random(3);
        return Of([.. Enumerable.Range(0, 200_000).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))]);
    }

    private static ValueStatistics Statistics(float outlier)
    {
        var random = new Random(2);
        return Of([outlier, .. Enumerable.Range(0, 1_000_000).Select(_ => random.NextSingle())]);
    }

    private static ValueStatistics Of(float[] numbers)
    {
        var collector = new ValueCollector("v", "Relu 'r'", 2048);
        collector.Add(numbers, [1, numbers.Length], 1);
        return collector.ToStatistics();
    }
}
