namespace EdgeVision.Trainer.Tests;

public sealed class AugmentationPolicyTests
{
    public static TheoryData<string> Policies => [.. AugmentationPolicy.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Apply_SmallestPictures_ChangeBySeedAloneAndKeepTheirShape(string name)
    {
        var policy = AugmentationPolicy.Parse(name);
        foreach (var channels in new[] { 1, 3 })
        {
            for (var index = 0; index < 20; index++)
            {
                var (one, other) = (Run(policy, channels, index, 8, 8), Run(policy, channels, index, 8, 8));
                Assert.Equal((8, 8), (one.Width, one.Height));
                Assert.Equal(one.Pixels.ToArray(), other.Pixels.ToArray());
                Assert.Equal(one.Boxes, other.Boxes);
                Assert.All(one.Boxes, box => Assert.True(box.X1 >= 0 && box.Y1 >= 0 && box.X2 <= 8 && box.Y2 <= 8));
            }
        }

        Assert.Equal(name == "none", Run(policy, 1, 1, 32, 32).Pixels.SequenceEqual(Run(policy, 1, 2, 32, 32).Pixels));
    }

    [Fact]
    public void Parse_WithoutAStep_LacksIt()
    {
        Assert.DoesNotContain(AugmentationPolicy.Parse("standard,-flip").Steps, step => step is HorizontalFlip);
        Assert.Equal(0.125f, AugmentationPolicy.Parse("strong:0.5").Mixing.MixupShare);
        Assert.Equal(BatchMixing.None, AugmentationPolicy.Parse("strong,-mix").Mixing);
    }

    [Theory]
    [InlineData("standart", "did you mean standard?")]
    [InlineData("strong:2", "0 to 1")]
    [InlineData("light,-color", "-flip, -affine, -mosaic, -mix")]
    [InlineData("", "no policy")]
    public void Parse_Nonsense_SaysWhatThereIs(string text, string message) =>
        Assert.Contains(message, Assert.Throws<TrainerException>(() => AugmentationPolicy.Parse(text)).Message, StringComparison.Ordinal);

    private static Sample Run(AugmentationPolicy policy, int channels, int index, int width, int height)
    {
        var sample = Samples.Ramp(width, height, channels, new VersionBox(0, 1, 1, 7, 7));
        var random = RandomStream.For(1, 0, index);
        foreach (var step in policy.Steps)
        {
            step.Apply(sample, random);
        }

        return sample;
    }
}
