namespace EdgeVision.Hub.Tests;

public sealed class MemoryTrendTests
{
    [Theory]
    [InlineData(1.0, new double[] { 50, 1, 2, 3, 90, 5 })] // the first two are left out, and the wild one is outvoted
    [InlineData(0.0, new double[] { 0, 9, 4, 4, 4, 4 })]
    [InlineData(2.0, new double[] { 1, 1, 1, 3, 5, 7 })]
    [InlineData(-0.5, new double[] { 9, 9, 9, 8.5, 8, 7.5 })]
    public void PerHour_OneSampleAnHour_IsTheMedianSlopeAfterTheFirstThird(double expected, double[] samples)
    {
        var trend = new MemoryTrend();
        foreach (var (hour, bytes) in samples.Index())
        {
            trend.Add(hour, bytes);
        }

        Assert.Equal(expected, trend.PerHour());
    }
}
