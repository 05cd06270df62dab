namespace EdgeVision.Trainer.Tests;

public sealed class PixelTests
{
    [Fact]
    public void ColorShift_BrightnessContrastGamma_AreAsWorkedOut()
    {
        Assert.Equal([98, 255, 0], Shifted(new ColorShift(Brightness: 0.1f, Contrast: 2), 100, 250, 0)); // 98; 398 and -102 are kept within
        Assert.Equal([0, 63, 255], Shifted(new ColorShift(Gamma: 2), 0, 127, 255)); // 127 * 127 / 255 = 63.25
        Assert.Equal([7, 8, 9], Shifted(new ColorShift(), 7, 8, 9));
    }

    [Fact]
    public void ColorShift_NoSaturation_IsGreyOfEqualBrightness()
    {
        // Blue 0, green 100, red 200: 0.587 * 100 + 0.299 * 200 = 118.5
        var sample = Color(0, 100, 200);

        new ColorShift(Saturation: 0).Apply(sample);

        Assert.All(sample.Pixels.ToArray(), value => Assert.InRange(value, 118, 119));
    }

    [Fact]
    public void ColorShift_HueOfAThird_TurnsRedIntoAnotherColourAndBack()
    {
        var sample = Color(60, 60, 120);

        new ColorShift(Hue: 120).Apply(sample);
        Assert.True(sample.Pixels[2] < sample.Pixels[1] || sample.Pixels[2] < sample.Pixels[0]);
        new ColorShift(Hue: -120).Apply(sample);

        Assert.InRange(sample.Pixels[2], 119, 121);
        Assert.InRange(sample.Pixels[0], 59, 61);
    }

    [Fact]
    public void GaussianBlur_OnePoint_SpreadsByTheWeights()
    {
        Assert.Equal([0.7866f, 0.1065f, 0.0003f], GaussianBlur.Weights(0.5f).Select(weight => MathF.Round(weight, 4)));
        var sample = Samples.Grey(5, [.. Enumerable.Range(0, 25).Select(i => (byte)(i == 12 ? 200 : 0))]);

        GaussianBlur.Blur(sample, 0.5f);

        // 200 * 0.7866 = 157, 157 * 0.7866 = 123; 157 * 0.1065 = 17; 21 * 0.1065 = 2
        Assert.Equal([2, 17, 123, 17, 2], new[] { 6, 7, 12, 13, 18 }.Select(at => (int)sample.Pixels[at]));
    }

    [Fact]
    public void GaussianNoise_ManyPixels_HasTheDeviation()
    {
        var sample = Samples.Grey(200, [.. Enumerable.Repeat((byte)128, 40_000)]);

        GaussianNoise.Add(sample, 10, RandomStream.For(3));

        var values = sample.Pixels.ToArray().Select(value => value - 128.0).ToArray();
        Assert.Equal(0, values.Average(), 0.3);
        Assert.Equal(10, Math.Sqrt(values.Average(value => value * value)), 0.3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void JpegArtifacts_HighQuality_KeepsThePictureNearly(int channels)
    {
        var sample = Samples.Ramp(16, 16, channels);
        var before = sample.Pixels.ToArray();

        JpegArtifacts.Compress(sample, 95);

        Assert.All(before.Zip(sample.Pixels.ToArray()), pair => Assert.InRange(pair.Second - pair.First, -8, 8));
        Assert.NotEqual(before, sample.Pixels.ToArray());
    }

    [Fact]
    public void RandomErasing_Rectangle_ChangesNothingElse()
    {
        var sample = Samples.Grey(4, new byte[16]);

        RandomErasing.Erase(sample, 1, 2, 2, 1, RandomStream.For(5));

        Assert.Equal([9, 10], Enumerable.Range(0, 16).Where(i => sample.Pixels[i] != 0));
    }

    [Fact]
    public void Mixing_TwoPictures_MixesLabelsInTheSameShares()
    {
        using var batch = Pair();
        Mixup.Mix(batch, [1, 0], 0.75f);
        Assert.Equal([0.75f, 0.75f, 0.75f, 0.75f, 0.25f, 0.25f, 0.25f, 0.25f], batch.Pixels.ToArray());
        Assert.Equal([0.75f, 0.25f, 0.25f, 0.75f], batch.SoftLabels.ToArray());

        using var cut = Pair();
        CutMix.Mix(cut, [1, 0], 1, 0, 1, 1);
        Assert.Equal([1, 0, 1, 1, 0, 1, 0, 0], cut.Pixels.ToArray());
        Assert.Equal([0.75f, 0.25f, 0.25f, 0.75f], cut.SoftLabels.ToArray());
        Assert.True(cut.IsMixed);
    }

    // All 1 of class 0, and all 0 of class 1.
    private static Batch Pair()
    {
        var batch = new Batch(new Imaging.TensorSpec { Width = 2, Height = 2, Channels = Imaging.ChannelOrder.Gray }, 2, 2);
        batch.Reset(2);
        batch.Pixels[..4].Fill(1);
        batch.SetLabel(0, 0);
        batch.SetLabel(1, 1);
        return batch;
    }

    private static byte[] Shifted(ColorShift shift, params byte[] pixels)
    {
        var sample = Samples.Grey(pixels.Length, pixels);
        shift.Apply(sample);
        return sample.Pixels.ToArray();
    }

    private static Sample Color(byte blue, byte green, byte red)
    {
        var sample = new Sample();
        sample.Reset(1, 1, 3, hasMask: false);
        (sample.Pixels[0], sample.Pixels[1], sample.Pixels[2]) = (blue, green, red);
        return sample;
    }
}
