namespace EdgeVision.Compression.Tests;

public sealed class PlantedIslandTests
{
    [Fact]
    public void Search_OneBadlyScaledPairInARealNetwork_LeavesOnlyNodesOfThatPairInFloats()
    {
        var classifier = TrainedClassifier.Things(400);
        var model = classifier.Open();
        var before = classifier.Accuracy(model.Save());
        var pair = Assert.Single(StressedNetwork.Apply(model, seed: 5, spread: 4, pairs: index => index == 1));
        var options = new QuantizationOptions();
        var calibration = Calibrator.Collect(model.Save(), "planted", QdqQuantizer.ValuesToCalibrate(model, options), classifier.Samples);
        var suspects = Sensitivity.Measure(model, calibration, options, classifier.Samples, new SensitivityOptions { Cumulative = -1 }).Layers.Select(layer => layer.Node);

        var result = new AccuracyLoop(nodes => before - classifier.Accuracy(EightBits.Of(model, classifier.Samples, floatNodes: nodes)), new AccuracyLoopOptions { MaxDrop = 1 }).Search(suspects);

        Assert.True(result.Steps[0].Drop > 1, $"8 bits cost only {result.Steps[0].Drop} points");
        Assert.True(result.Holds);
        Assert.NotEmpty(result.FloatIslands);
        Assert.Subset(pair.Seconds.Append(pair.First).ToHashSet(), result.FloatIslands.ToHashSet());
    }
}
