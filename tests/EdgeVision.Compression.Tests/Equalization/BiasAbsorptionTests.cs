using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class BiasAbsorptionTests
{
    // Numbers of -1 and 1 in turn: mean 0, deviation 1.
    private static readonly NetworkTensor[] Samples = [NetworkTensor.Of([1, 1, 4, 4], [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? -1f : 1f)])];

    [Fact]
    public void Apply_HighBias_GoesIntoTheNextLayer()
    {
        // Before the Relu: mean 10, deviation 1, so c = 10 - 3 = 7; the next layer reads it three times: 1 + 3 x 7 = 22.
        var model = Network(bias: 10, kernel: 1, padding: 0);
        var before = SmallNetwork.Run(model.Save(), Samples[0]);

        var report = BiasAbsorption.Apply(model, Samples);

        Assert.Equal([3], model.Constant("first", 2));
        Assert.Equal([22], model.Constant("second", 2));
        Assert.Equal(before, SmallNetwork.Run(model.Save(), Samples[0]));
        Assert.Empty(report.Skipped);
        Assert.Equal(new AbsorbedBias("first", 1, 7, 0), Assert.Single(report.Absorbed));
    }

    [Fact]
    public void Apply_NextLayerPads_IsSkippedAndTheNetworkStaysAsItWas()
    {
        // At the border the padded zeros would have to be -7.
        var model = Network(bias: 10, kernel: 3, padding: 1);
        var before = model.Save();

        var report = BiasAbsorption.Apply(model, Samples);

        Assert.Empty(report.Absorbed);
        Assert.InRange(Assert.Single(report.Skipped).Error, BiasAbsorption.MaxError, 1);
        Assert.Equal(SmallNetwork.Run(before, Samples[0]), SmallNetwork.Run(model.Save(), Samples[0]));
    }

    [Fact]
    public void Apply_BiasWithinThreeDeviations_HasNothingToAbsorb()
    {
        var model = Network(bias: 2.9f, kernel: 1, padding: 0);

        var report = BiasAbsorption.Apply(model, Samples);

        Assert.Empty(report.Absorbed.Concat(report.Skipped));
        Assert.Equal([2.9f], model.Constant("first", 2));
    }

    [Fact]
    public void Apply_NoReluBetweenLayers_IsLeftAlone()
    {
        var model = EqualizableCase.LeftAlone.First(network => network.Name == "SiLU").Open();
        var before = model.Save();

        var report = BiasAbsorption.Apply(model, []);

        Assert.Empty(report.Absorbed.Concat(report.Skipped));
        Assert.Equal(before, model.Save());
    }

    private static OnnxModel Network(float bias, int kernel, int padding) => SmallNetwork.Of(
        [1, 1, 4, 4],
        [
            OnnxTensor.Of("w1", [1, 1, 1, 1], [1f]), OnnxTensor.Of("b1", [1], [bias]),
            OnnxTensor.Of("w2", [1, 1, kernel, kernel], [.. Enumerable.Repeat(3f, kernel * kernel)]), OnnxTensor.Of("b2", [1], [1f]),
        ],
        OnnxNode.Of("Conv", ["x", "w1", "b1"], ["t"]).Named("first"),
        OnnxNode.Of("Relu", ["t"], ["u"]),
        OnnxNode.Of("Conv", ["u", "w2", "b2"], ["y"], OnnxNode.Ints("pads", padding, padding, padding, padding)).Named("second"));
}
