namespace EdgeVision.Compression.Tests;

/// <summary>Real networks written with badly scaled channels: as good in floats, broken in 8 bits, and whole again after equalization.</summary>
public sealed class EqualizationStressTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_StressedDigits_AreReadAsBefore(bool perChannel) => Recovers(TrainedClassifier.Digits(2000), perChannel, leastLoss: 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_StressedThings_AreToldApartAsBefore(bool perChannel) => Recovers(TrainedClassifier.Things(2000), perChannel, leastLoss: 2);

    private static void Recovers(TrainedClassifier classifier, bool perChannel, double leastLoss)
    {
        var healthy = classifier.Open();
        var unstressed = classifier.Accuracy(EightBits.Of(healthy, classifier.Samples, perChannel));
        var model = classifier.Open();
        StressedNetwork.Apply(model, seed: 5);
        var stressed = model.Save();
        Assert.InRange(OutputDifference.Measure(healthy.Save(), stressed, classifier.Samples), 0, 1e-4);
        var broken = classifier.Accuracy(EightBits.Of(model, classifier.Samples, perChannel));

        var report = CrossLayerEqualization.Apply(model);

        Assert.InRange(OutputDifference.Measure(stressed, model.Save(), classifier.Samples), 0, 1e-4);
        var equalized = classifier.Accuracy(EightBits.Of(model, classifier.Samples, perChannel));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"8 bits {unstressed:0.00} %, stressed {broken:0.00} %, equalized {equalized:0.00} %; {report.Pairs.Count} pairs, {report.Rounds} rounds, ratio {report.RatioBefore:0} to {report.RatioAfter:0.0}");
        Assert.True(unstressed - broken >= leastLoss, $"stress cost only {unstressed - broken:0.00} points");
        Assert.True(unstressed - equalized <= 0.2, $"{unstressed - equalized:0.00} points are still lost");
        Assert.True(report.RatioAfter < report.RatioBefore);
    }
}
