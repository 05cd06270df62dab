namespace EdgeVision.Compression.Tests;

public sealed class ActivationParametersTests
{
    [Theory]
    // 5.1 / 255 = 0.02; 1 / 0.02 = 50; signed bytes begin at -128, so 50 - 128 = -78
    [InlineData(QuantizationForm.CpuU8S8, 0.02f, 50)]
    [InlineData(QuantizationForm.CpuS8S8, 0.02f, -78)]
    [InlineData(QuantizationForm.TensorRtS8S8, 4.1f / 127, 0)]
    public void ActivationParameters_FromMinusOneTo4Point1_AreThoseOfTheForm(QuantizationForm form, float scale, int zero)
    {
        var parameters = ActivationParameters.Of(new ValueRange(-1, 4.1f), form);

        Assert.Equal(scale, parameters.Scale, 1e-7f);
        Assert.Equal(zero, parameters.Zero);
    }

    [Theory]
    [InlineData(2, 6)]
    [InlineData(-6, -2)]
    [InlineData(-0.3f, 5.9f)]
    [InlineData(0, 0)]
    public void ActivationParameters_AnyRange_HoldZeroExactly(float least, float greatest)
    {
        var parameters = ActivationParameters.Of(new ValueRange(least, greatest), QuantizationForm.CpuU8S8);

        Assert.Equal(parameters.Zero, parameters.Quantize(0));
        Assert.InRange(parameters.Zero, 0, 255);
        Assert.True(float.IsNormal(parameters.Scale));
    }

    [Fact]
    public void ActivationParameters_NumbersBeyondTheRange_AreClipped()
    {
        var parameters = ActivationParameters.Of(new ValueRange(-1, 4.1f), QuantizationForm.CpuU8S8);

        Assert.Equal([0, 255, 75], new[] { -9f, 9f, 0.5f }.Select(parameters.Quantize));
    }
}
