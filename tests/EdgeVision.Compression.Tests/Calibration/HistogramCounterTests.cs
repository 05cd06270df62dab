namespace EdgeVision.Compression.Tests;

public sealed class HistogramCounterTests
{
    [Fact]
    public void HistogramCounter_NumberBeyondTheLastBin_DoublesTheWidthAndMergesPairs()
    {
        var counter = new HistogramCounter(4);
        counter.Add([0.5f, 1.5f, 3.5f], 0.5f, 3.5f);
        Assert.Equal((1.0, 0), (counter.ToHistogram().BinWidth, counter.ToHistogram().First));
        Assert.Equal([1, 1, 0, 1], counter.ToHistogram().Counts);

        counter.Add([7f], 7, 7);

        Assert.Equal(2.0, counter.ToHistogram().BinWidth);
        Assert.Equal([2, 1, 0, 1], counter.ToHistogram().Counts);
    }

    [Fact]
    public void HistogramCounter_NegativeNumbers_MergeAwayFromZero()
    {
        // Width 0.5: -0.5 is bin -1, 0.5 is bin 1. Then -3 asks for width 1: -0.5 is bin -1, 0.5 is bin 0, -3 is bin -3.
        var counter = new HistogramCounter(4);
        counter.Add([-0.5f, 0.5f], -0.5f, 0.5f);
        Assert.Equal([1, 0, 1], counter.ToHistogram().Counts);

        counter.Add([-3f], -3, -3);

        Assert.Equal((1.0, -3), (counter.ToHistogram().BinWidth, counter.ToHistogram().First));
        Assert.Equal([1, 0, 1, 1], counter.ToHistogram().Counts);
    }

    [Fact]
    public void HistogramCounter_GrownInSteps_IsTheHistogramOfAllAtOnce()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 5000).Select(i => (random.NextSingle() - 0.3f) * MathF.Pow(1.002f, i)).ToArray();
        var (grown, atOnce) = (new HistogramCounter(256), new HistogramCounter(256));
        foreach (var part in numbers.Chunk(37))
        {
            grown.Add(part, part.Min(), part.Max());
        }

        atOnce.Add(numbers, numbers.Min(), numbers.Max());

        Assert.Equal(atOnce.ToHistogram().Counts, grown.ToHistogram().Counts);
        Assert.Equal((atOnce.ToHistogram().BinWidth, atOnce.ToHistogram().First), (grown.ToHistogram().BinWidth, grown.ToHistogram().First));
        Assert.Equal(5000, grown.ToHistogram().Counts.Sum());
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(-1e-38f, 1e-38f)]
    [InlineData(float.MinValue, float.MaxValue)]
    [InlineData(1e-30f, 3e38f)]
    public void HistogramCounter_ExtremesOfFloats_CountsEveryNumber(float least, float greatest)
    {
        var counter = new HistogramCounter(256);
        counter.Add([least], least, least);

        counter.Add([greatest, 0], 0, greatest);

        Assert.Equal(3, counter.ToHistogram().Counts.Sum());
    }
}
