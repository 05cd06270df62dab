namespace EdgeVision.Compression.Tests;

public sealed class WeightScalesTests
{
    [Fact]
    public void WeightScales_PerChannel_ReachTheLargestMagnitudeAt127()
    {
        var scales = WeightScales.Of([1.27f, -2.54f, 0, 0], 2, index => index / 2);

        Assert.Equal(0.02f, scales[0], 1e-7f);
        Assert.Equal([64, -127, 0, 0], WeightScales.Quantize([1.27f, -2.54f, 0, 0], scales, index => index / 2).Select(step => (int)step));
    }

    [Fact]
    public void WeightScales_ChannelOfZeros_IsNoZero() => Assert.True(WeightScales.Of([0, 0], 1, _ => 0)[0] > 0);

    [Fact]
    public void WeightScales_BiasThatDoesNotFit_GetsACoarserScale()
    {
        // 1e6 / (1e-4 x 2^30) = 9.3132
        var raised = WeightScales.RaisedFor([0.02f, 0.02f], [1e6f, 1], inputScale: 1e-4f);

        Assert.Equal(9.3132f, raised[0], 1e-3f);
        Assert.Equal(0.02f, raised[1]);
    }
}
