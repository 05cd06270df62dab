using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>Real networks written with badly scaled channels: as good in floats, broken in 8 bits, and whole again after equalization.</summary>
public sealed class EqualizationStressTests
{
    [Fact]
    public void Apply_StressedDigits_AreReadAsBefore() => Recovers(TrainedClassifier.Digits(10_000));

    [Fact]
    public void Apply_StressedThings_AreToldApartAsBefore() => Recovers(TrainedClassifier.Things(10_000));

    private static void Recovers(TrainedClassifier classifier)
    {
        var healthy = classifier.Open();
        var floats = classifier.Accuracy(healthy.Save());
        var stressed = classifier.Open();
        StressedNetwork.Apply(stressed, seed: 5);
        Assert.InRange(OutputDifference.Measure(healthy.Save(), stressed.Save(), classifier.Samples), 0, 1e-4);
        var equalized = OnnxModel.Load(stressed.Save(), "stressed");

        var report = CrossLayerEqualization.Apply(equalized);

        Assert.InRange(OutputDifference.Measure(healthy.Save(), equalized.Save(), classifier.Samples), 0, 1e-4);
        Assert.True(report.RatioBefore > 100 && report.RatioAfter < 5, $"channels differ by {report.RatioAfter}, by {report.RatioBefore} before");
        var few = classifier with { Pictures = [.. classifier.Pictures.Take(1000)] };
        foreach (var perChannel in new[] { true, false })
        {
            var broken = few.Accuracy(EightBits.Of(stressed, classifier.Samples, perChannel));
            var whole = classifier.Accuracy(EightBits.Of(equalized, classifier.Samples, perChannel));
            Assert.True(floats - broken > 5, $"the stress cost only {floats - broken:0.00} points");
            Assert.True(floats - whole <= 0.2, $"{floats - whole:0.00} points are still lost");
        }
    }
}
