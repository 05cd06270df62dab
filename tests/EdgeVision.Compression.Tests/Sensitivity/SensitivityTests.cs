using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

public sealed class SensitivityTests
{
    private static readonly QuantizationOptions PerTensor = new() { PerChannel = false };

    [Fact]
    public void Measure_LayerWithOneWideChannelPerTensor_IsFirst()
    {
        var report = Measure(PerTensor, Network(100));

        Assert.Equal("two", report.Layers[0].Node);
        Assert.True(report.Layers[0].OutputSqnr < report.Layers[2].OutputSqnr - 3);
        Assert.InRange(report.Layers[0].ChannelRangeRatio, 80, 150);
        Assert.True(report.Layers[0].WeightSqnrPerChannel > 35);
    }

    [Fact]
    public void Measure_MoreLayersInFloats_ComesCloserToTheFloatNetwork()
    {
        var cumulative = Measure(PerTensor, Network(100)).Cumulative;

        Assert.Equal([0, 1, 2], cumulative.Select(step => step.FloatLayers));
        Assert.Equal(cumulative.OrderBy(step => step.OutputSqnr), cumulative);
    }

    [Fact]
    public void Measure_ActivationsOfOnlyRanges_HaveNoSqnr()
    {
        var model = Network(1);
        var ranges = QdqQuantizer.ValuesToCalibrate(model, PerTensor).ToDictionary(value => value, _ => new ValueRange(-4, 4));

        var report = Sensitivity.Measure(model, CalibrationData.OfRanges(ranges), PerTensor, Draw(2));

        Assert.All(report.Values, value => Assert.Null(value.Sqnr));
    }

    [Fact]
    public void Measure_EvenlySpreadInput_HasTheSqnrOfItsStep()
    {
        // x is spread over [-1, 1]: power 1/3, step 2/255, error (2/255)^2 / 12: 10 log10(65025) = 48.1 dB.
        var input = Measure(PerTensor, Network(1)).Values.Single(value => value.Value == "x");

        Assert.InRange(input.Sqnr!.Value, 47.8, 48.4);
        Assert.Equal(-1, input.Range.Least, 0.01);
    }

    [Fact]
    public void Measure_NoSample_IsRefused() => Assert.Throws<CompressionException>(() => Sensitivity.Measure(Network(1), CalibrationData.OfRanges(new Dictionary<string, ValueRange>()), PerTensor, []));

    private static SensitivityReport Measure(QuantizationOptions options, OnnxModel model)
    {
        var calibration = Calibrator.Collect(model.Save(), "small.onnx", [.. QdqQuantizer.ValuesToCalibrate(model, options)], Draw(8));
        return Sensitivity.Measure(model, calibration, options, Draw(4));
    }

    // Channel 0 of the second layer is wider by a factor that the third layer takes back: the same function, harder for 8 bits.
    private static OnnxModel Network(float factor)
    {
        var (second, third) = (CleanupNetworks.Draw("second", 8, 8, 3, 3).ReadFloats(), CleanupNetworks.Draw("third", 4, 8, 3, 3).ReadFloats());
        for (var i = 0; i < 72; i++)
        {
            second[i] *= factor;
        }

        for (var i = 0; i < third.Length; i++)
        {
            third[i] /= i / 9 % 8 == 0 ? factor : 1;
        }

        NodeProto[] nodes = [Conv("one", "x", "first", "a"), OnnxNode.Of("Relu", ["a"], ["b"]), Conv("two", "b", "second", "c"), OnnxNode.Of("Relu", ["c"], ["d"]), Conv("three", "d", "third", "y")];
        return CleanupNetworks.Of([1, 3, 16, 16], nodes, CleanupNetworks.Draw("first", 8, 3, 3, 3), OnnxTensor.Of("second", [8, 8, 3, 3], second), OnnxTensor.Of("third", [4, 8, 3, 3], third));
    }

    private static NodeProto Conv(string name, string input, string weights, string output)
    {
        var node = OnnxNode.Of("Conv", [input, weights], [output], OnnxNode.Ints("pads", 1, 1, 1, 1));
        node.Name = name;
        return node;
    }

    private static NetworkTensor[] Draw(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => NetworkTensor.Of([1, 3, 16, 16], [.. Enumerable.Range(0, 768).Select(_ => (random.NextSingle() * 2) - 1)]))];
    }
}
