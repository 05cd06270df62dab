
namespace EdgeVision.Imaging.Tests;

public sealed class NonMaxSuppressionTests
{
    [Fact]
    public void Apply_TwoBoxesOverHalfOverlapSameClass_KeepsTheSurer()
    {
        // 10x10 at (0,0) and 10x10 at (0,3): intersection 70, union 130, IoU 0.538
        var detections = Detections.Of((0, 3, 10, 13, 0.8f, 2), (0, 0, 10, 10, 0.9f, 2));

        NonMaxSuppression.Apply(detections, threshold: 0.5f);

        Assert.Equal([0.9f], detections.Confidences.ToArray());
    }

    [Theory]
    [InlineData(0.54f, 2, 2)]
    [InlineData(0.5f, 3, 2)]
    public void Apply_OverlapBelowThresholdOrOtherClass_KeepsBoth(float threshold, int otherClass, int expected)
    {
        var detections = Detections.Of((0, 0, 10, 10, 0.9f, 2), (0, 3, 10, 13, 0.8f, otherClass));

        NonMaxSuppression.Apply(detections, threshold);

        Assert.Equal(expected, detections.Count);
    }

    [Fact]
    public void Apply_EqualConfidence_LowerClassFirstThenOrderGiven()
    {
        var detections = Detections.Of((50, 0, 60, 10, 0.5f, 7), (0, 0, 10, 10, 0.5f, 3), (20, 0, 30, 10, 0.5f, 3), (90, 0, 99, 9, 0.6f, 9));

        NonMaxSuppression.Apply(detections, 0.5f);

        Assert.Equal([90f, 0f, 20f, 50f], detections.Boxes.ToArray().Select(box => box.X1));
    }

    [Fact]
    public void Apply_Thousands_AllocatesNothing()
    {
        var random = new Random(1);
        var detections = new Detections();
        Fill();
        NonMaxSuppression.Apply(detections, 0.5f);

        Assert.Equal(0, Allocated.Bytes(1, () =>
        {
            Fill();
            NonMaxSuppression.Apply(detections, 0.5f);
        }));
        Assert.InRange(detections.Count, 1, 2999);

        void Fill()
        {
            detections.Clear();
            for (var i = 0; i < 3000; i++)
            {
                detections.Add(BoundingBox.FromCentre(random.Next(640), random.Next(352), 60, 60), random.NextSingle(), random.Next(3));
            }
        }
    }
}
