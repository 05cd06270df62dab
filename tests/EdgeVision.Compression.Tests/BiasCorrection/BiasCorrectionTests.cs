using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class BiasCorrectionTests
{
    private static readonly NetworkTensor[] Samples = [NetworkTensor.Of([1, 1, 1, 2], [1, 3])];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.2f)]
    public void Apply_WeightThatIsRoundedDown_IsMadeUpForByTheBias(int layersAtOnce, float second)
    {
        // Mean input 2: 0.5 x 2 = 1 in floats, 0.4 x 2 = 0.8 in 8 bits, so 0.2 more. The second layer's weight is exact:
        // it has nothing of its own to correct when the first is corrected already, and inherits 0.2 when both are measured at once.
        var model = Network();

        var report = BiasCorrection.Apply(model, Quantized().Save(), Samples, new BiasCorrectionOptions { LayersAtOnce = layersAtOnce });

        Assert.Equal(0.2f, model.Constant("first", 2)[0], 1e-6f);
        Assert.Equal(7 + second, model.Constant("second", 2)[0], 1e-5f);
        Assert.Equal(["first", "second"], report.Layers.Select(layer => layer.Node));
        // Floats are 0.5 and 1.5 there: deviation 0.5
        Assert.Equal(0.4, report.Layers[0].LargestShift, 1e-5);
    }

    [Fact]
    public void Apply_RealNetworkPerTensor_LeavesATenthOfTheShiftWhenQuantizedAgain()
    {
        var classifier = TrainedClassifier.Things(64);
        var model = classifier.Open();
        var given = model.Save();
        var options = new QuantizationOptions { PerChannel = false };
        var calibration = Calibrator.Collect(given, "float", QdqQuantizer.ValuesToCalibrate(model, options), classifier.Samples);
        var before = QdqQuantizer.Quantize(model, calibration, options).Onnx;

        BiasCorrection.Apply(model, before, classifier.Samples);

        var after = QdqQuantizer.Quantize(model, calibration, options).Onnx;
        Assert.InRange(LargestShift(given, after, classifier) / LargestShift(given, before, classifier), 0, 0.1);
    }

    [Fact]
    public void Apply_NothingIn8Bits_ChangesNothing()
    {
        var model = Network();
        var before = model.Save();

        Assert.Empty(BiasCorrection.Apply(model, before, Samples).Layers);
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void Apply_NoSample_IsRefused() => Assert.Throws<CompressionException>(() => BiasCorrection.Apply(Network(), Quantized().Save(), []));

    [Fact]
    public void Apply_NoLayerAtOnce_IsRefused() =>
        Assert.Throws<CompressionException>(() => BiasCorrection.Apply(Quantized(), Quantized().Save(), Samples, new BiasCorrectionOptions { LayersAtOnce = 0 }));

    /// <summary>Of the means of all layers' channels, in deviations, as a correction that changes nothing but a copy would find it.</summary>
    private static double LargestShift(byte[] given, byte[] quantized, TrainedClassifier classifier) =>
        BiasCorrection.Apply(OnnxModel.Load(given, "given"), quantized, classifier.Samples, new BiasCorrectionOptions { LayersAtOnce = int.MaxValue }).Layers.Max(layer => layer.LargestShift);

    private static OnnxModel Quantized()
    {
        var model = Network();
        var graph = model.Graph;
        foreach (var (name, steps, scale) in new[] { ("w1", (sbyte)4, 0.1f), ("w2", (sbyte)1, 1f) })
        {
            graph.RemoveInitializer(name);
            graph.SetInitializer(OnnxTensor.Of(name + "_steps", [1, 1, 1, 1], [steps]));
            graph.SetInitializer(OnnxTensor.Of(name + "_scale", [], [scale]));
            graph.Insert(OnnxNode.Of("DequantizeLinear", [name + "_steps", name + "_scale"], [name]));
        }

        return model;
    }

    private static OnnxModel Network() => SmallNetwork.Of(
        [1, 1, 1, 2],
        [OnnxTensor.Of("w1", [1, 1, 1, 1], [0.5f]), OnnxTensor.Of("w2", [1, 1, 1, 1], [1f]), OnnxTensor.Of("b2", [1], [7f])],
        OnnxNode.Of("Conv", ["x", "w1"], ["t"]).Named("first"), OnnxNode.Of("Relu", ["t"], ["u"]), OnnxNode.Of("Conv", ["u", "w2", "b2"], ["y"]).Named("second"));
}
