namespace EdgeVision.Compression.Tests;

public sealed class PrecisionStatisticTests
{
    [Fact]
    public void Value_HitMissHit_IsFiveSixths() =>
        Assert.Equal(5.0 / 6, Of(([2, 2], [new(2, 0.9f, true), new(2, 0.8f, false), new(2, 0.7f, true)])), 9);

    [Fact]
    public void Value_HalfFoundAndAFalseAlarm_IsHalf() => // hit (1/2, 1/1), false alarm (1/2, 1/2): half the recall at precision 1
        Assert.Equal(0.5, Of(([2, 2], [new(2, 0.9f, true), new(2, 0.8f, false)])), 9);

    [Fact]
    public void Value_PictureWithoutTruth_CountsItsFalseAlarms() => // ranked: false alarm 0.95, hit 0.9, hit 0.5: precision 0, 1/2, 2/3, raised from the right to 2/3
        Assert.Equal(2.0 / 3, Of(([], [new(2, 0.95f, false)]), ([2, 2], [new(2, 0.9f, true), new(2, 0.5f, true)])), 9);

    [Fact]
    public void Value_TwoClasses_IsTheirMean() => // class 1 is found, class 2 is not
        Assert.Equal(0.5, Of(([1, 2], [new(1, 0.9f, true)])), 9);

    [Fact]
    public void Value_PictureTwice_CountsTwice()
    {
        var statistic = new PrecisionStatistic([new BoxOutcome([0], [new(0, 0.9f, true)]), new BoxOutcome([0], [])]);

        Assert.Equal([0.5, 2.0 / 3, 1, 0], [statistic.Value([1, 1]), statistic.Value([2, 1]), statistic.Value([1, 0]), statistic.Value([0, 1])]);
    }

    private static double Of(params (int[] Truths, FoundBox[] Found)[] pictures) =>
        new PrecisionStatistic([.. pictures.Select(picture => new BoxOutcome(picture.Truths, picture.Found))]).Value(pictures.Length);
}
