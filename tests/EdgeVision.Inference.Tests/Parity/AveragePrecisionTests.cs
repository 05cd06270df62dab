using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

public sealed class AveragePrecisionTests
{
    private static readonly BoundingBox[] _truths = [new(0, 0, 10, 10), new(20, 0, 30, 10)];

    [Fact]
    public void Value_HitMissHit_IsFiveSixths()
    {
        var precision = new AveragePrecision();
        precision.AddPicture(_truths, Detections.Of((0, 0, 10, 10, 0.9f, 2), (50, 0, 60, 10, 0.8f, 2), (20, 0, 30, 9, 0.7f, 7)), 2, 7);

        Assert.Equal(5.0 / 6, precision.Value(), 9);
    }

    [Fact]
    public void Value_SameTruthTwice_CountsTheSecondAsFalseAlarm()
    {
        // hit (1/2, 1/1), false alarm (1/2, 1/2): half the recall at precision 1
        var precision = new AveragePrecision();
        precision.AddPicture(_truths, Detections.Of((0, 0, 10, 10, 0.9f, 2), (0, 0, 10, 9, 0.8f, 2)), 2);

        Assert.Equal(0.5, precision.Value(), 9);
    }

    [Fact]
    public void Value_OtherClassAndPictureWithoutTruth_IgnoresTheFirstAndCountsTheSecond()
    {
        // ranked: false alarm 0.95 of the empty picture, hit 0.9, hit 0.5: precision 0, 1/2, 2/3, raised from the right to 2/3
        var precision = new AveragePrecision();
        precision.AddPicture([], Detections.Of((0, 0, 10, 10, 0.95f, 2), (0, 0, 10, 10, 0.99f, 5)), 2);
        precision.AddPicture(_truths, Detections.Of((0, 0, 10, 10, 0.9f, 2), (20, 0, 30, 10, 0.5f, 2)), 2);

        Assert.Equal(2.0 / 3, precision.Value(), 9);
    }
}
