namespace EdgeVision.Compression.Tests;

public sealed class SwishErrorTests
{
    // x · sigmoid(x): 9.5 wide steps are lost above the grid, next to nothing below it, and within it a step counts by the slope, 0.74 at 0.5.
    [Theory]
    [InlineData(19, 90.26, 0.01)]
    [InlineData(-20, 2.06e-7, 1e-9)]
    [InlineData(0, 0.0456, 0.0001)]
    public void SwishError_OneNumber_CostsWhatIsLostBehindTheFunction(int bin, double expected, double tolerance) =>
        Assert.Equal(expected, SwishError.Of(new ValueHistogram(1, bin, [1]), 1, -10, 10), tolerance);
}
