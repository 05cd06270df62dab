using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

/// <summary>16 channels, each convolution between two PRelu: 2 numbers at its borders for each it gives. "light" makes 16 products a number, 8 for each at a border; "heavy" 144, 72 for each.</summary>
public sealed class ConversionCostTests
{
    [Fact]
    public void QdqQuantizer_ConvolutionThatGainsLessThanItsBordersCost_StaysInFloats()
    {
        var network = Quantize(new QuantizationOptions());

        Assert.Equal((2, 1), (network.Promise.Convs, network.Promise.QLinearConvs));
        Assert.Contains("light", network.Promise.FloatIslands);
        Assert.DoesNotContain("heavy", network.Promise.FloatIslands);
        Assert.True(FusionCheck.Check(network, "islands").Holds);
    }

    [Fact]
    public void QdqQuantizer_WeightsOfSuchAConvolution_AreStoredInBytesWithinHalfAStep()
    {
        var graph = OnnxModel.Load(Quantize(new QuantizationOptions()).Onnx, "stored").Graph;
        var expected = Network().Graph.Initializer("w1")!.ReadFloats();

        var product = graph.ProducerOf(graph.Nodes.Single(node => node.Name == "light").Input[1])!;
        var cast = graph.ProducerOf(product.Input[0])!;
        var (steps, scales) = (graph.Initializer(cast.Input[0])!.RawData.ToByteArray(), graph.Initializer(product.Input[1])!.ReadFloats());

        Assert.Equal(("Mul", "Cast", 256, 16), (product.OpType, cast.OpType, steps.Length, scales.Length));
        Assert.All(expected, (weight, index) => Assert.InRange(MathF.Abs(weight - ((sbyte)steps[index] * scales[index / 16])), 0, scales[index / 16] * 0.501f));
    }

    [Fact]
    public void QdqQuantizer_SuchAConvolutionAskedForAlone_IsQuantizedAsAsked()
    {
        var promise = Quantize(new QuantizationOptions { FloatNodes = new HashSet<string> { "heavy" } }).Promise;

        Assert.Equal(1, promise.QLinearConvs);
        Assert.DoesNotContain("light", promise.FloatIslands);
    }

    private static QuantizedNetwork Quantize(QuantizationOptions options)
    {
        var model = Network();
        var ranges = QdqQuantizer.ValuesToCalibrate(model, options).ToDictionary(value => value, _ => new ValueRange(-4, 4));
        return QdqQuantizer.Quantize(model, CalibrationData.OfRanges(ranges), options);
    }

    private static OnnxModel Network()
    {
        NodeProto[] nodes =
        [
            OnnxNode.Of("PRelu", ["x", "slope"], ["a"]),
            OnnxNode.Of("Conv", ["a", "w1"], ["b"]),
            OnnxNode.Of("PRelu", ["b", "slope"], ["c"]),
            OnnxNode.Of("Conv", ["c", "w2"], ["d"], OnnxNode.Ints("pads", 1, 1, 1, 1)),
            OnnxNode.Of("PRelu", ["d", "slope"], ["y"]),
        ];
        (nodes[0].Name, nodes[1].Name, nodes[2].Name, nodes[3].Name, nodes[4].Name) = ("first", "light", "second", "heavy", "third");
        return CleanupNetworks.Of([1, 16, 8, 8], nodes, CleanupNetworks.Draw("slope", 16, 1, 1), CleanupNetworks.Draw("w1", 16, 16, 1, 1), CleanupNetworks.Draw("w2", 16, 16, 3, 3));
    }
}
