namespace EdgeVision.Trainer.Tests.Augmentation;

public class PlantedDefectTests
{
    [Fact]
    public void Apply_ManyParts_MasksWhatChangedVisiblyAndNothingElse()
    {
        var planted = 0;
        for (var i = 0; i < 100; i++)
        {
            var (sample, before) = (Plain(i), Plain(i));
            new PlantedDefect().Apply(sample, RandomStream.For(1, i));

            Assert.True(sample.HasMask);
            planted += sample.Mask.Contains((byte)1) ? 1 : 0;
            for (var pixel = 0; pixel < sample.Mask.Length; pixel++)
            {
                var change = Math.Abs(sample.Pixels[pixel] - before.Pixels[pixel]);
                Assert.True(sample.Mask[pixel] == 1 ? change >= 12 : change == 0);
            }
        }

        Assert.InRange(planted, 60, 90);
    }

    [Fact]
    public void Apply_SameStream_SameDefect()
    {
        var (first, again) = (Plain(5), Plain(5));
        new PlantedDefect().Apply(first, RandomStream.For(9, 5));
        new PlantedDefect().Apply(again, RandomStream.For(9, 5));

        Assert.Equal(first.Pixels.ToArray(), again.Pixels.ToArray());
    }

    private static Sample Plain(int number)
    {
        var (sample, random) = (new Sample(), RandomStream.For(2, number));
        sample.Reset(48, 40, channels: 1, hasMask: false);
        foreach (ref var value in sample.Pixels)
        {
            value = (byte)(120 + random.Next(20));
        }

        return sample;
    }
}
