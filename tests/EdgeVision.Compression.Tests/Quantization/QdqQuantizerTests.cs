using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class QdqQuantizerTests
{
    [Theory]
    [InlineData(QuantizationForm.CpuU8S8)]
    [InlineData(QuantizationForm.TensorRtS8S8)]
    [InlineData(QuantizationForm.CpuS8S8)]
    public void QdqQuantizer_EveryForm_GivesNearlyTheFloatsOfTheNetwork(QuantizationForm form)
    {
        var model = SmallNetworks.Residual();
        var expected = Run(model.Save());

        var actual = Run(SmallNetworks.Quantize(model, new QuantizationOptions { Form = form }).Onnx);

        var farthest = expected.Zip(actual, (before, after) => MathF.Abs(before - after)).Max();
        Assert.InRange(farthest, 1e-6f, 0.05f);
    }

    [Fact]
    public void QdqQuantizer_ValueBehindRelu_HasNoNumbersBelowZero()
    {
        var graph = Written(SmallNetworks.Quantize(SmallNetworks.Chain())).Graph;

        Assert.Equal("QuantizeLinear", Assert.Single(graph.ConsumersOf("positive")).OpType);
        Assert.Equal(0, graph.Initializer(graph.ConsumersOf("positive")[0].Input[2])!.RawData[0]);
    }

    [Fact]
    public void QdqQuantizer_ValuesThatAreOnlyPassedOn_ShareScaleAndZero()
    {
        var graph = Written(SmallNetworks.Quantize(SmallNetworks.Chain())).Graph;

        Assert.Equal(graph.ConsumersOf("positive")[0].Input.Skip(1), graph.ConsumersOf("pooled")[0].Input.Skip(1));
    }

    [Fact]
    public void QdqQuantizer_Bias_IsInStepsOfInputTimesWeights()
    {
        var graph = Written(SmallNetworks.Quantize(SmallNetworks.Chain())).Graph;
        var first = graph.Nodes.Single(node => node.Name == "first");

        var (input, weights, bias) = (Scales(first.Input[0]), Scales(first.Input[1]), Scales(first.Input[2]));

        Assert.Equal(4, weights.Length);
        Assert.Equal(weights.Select(scale => scale * input[0]), bias);

        float[] Scales(string value) => graph.Initializer(graph.ProducerOf(value)!.Input[1])!.ReadFloats();
    }

    [Fact]
    public void QdqQuantizer_SharedWeights_AreStoredOnce()
    {
        var model = CleanupNetworks.Of(
            [1, 3, 8, 8],
            [OnnxNode.Of("Conv", ["x", "w"], ["once"]), OnnxNode.Of("Conv", ["once", "w"], ["y"])],
            CleanupNetworks.Draw("w", 3, 3, 3, 3));

        var graph = Written(SmallNetworks.Quantize(model)).Graph;

        Assert.Single(graph.Nodes.Where(node => node.OpType == "Conv").Select(node => node.Input[1]).Distinct());
    }

    [Fact]
    public void QdqQuantizer_NodeThatShallStayInFloats_KeepsItsWeightsAndStandsBetweenBorders()
    {
        var network = SmallNetworks.Quantize(SmallNetworks.Residual(), new QuantizationOptions { FloatNodes = new HashSet<string> { "inner" } });

        var inner = Written(network).Graph.Nodes.Single(node => node.Name == "inner");
        Assert.Equal(["w2", "b2"], inner.Input.Skip(1));
        Assert.Contains("inner", network.Promise.FloatIslands);
        Assert.Equal((3, 2), (network.Promise.Convs, network.Promise.QLinearConvs));
        Assert.Empty(FusionCheck.Check(network, "island").Differences);
    }

    [Fact]
    public void QdqQuantizer_WhatNoFurtherConvolutionReads_StaysInFloats() =>
        Assert.Equal(["probabilities"], SmallNetworks.Quantize(SmallNetworks.Residual()).Promise.FloatIslands);

    [Fact]
    public void QdqQuantizer_ForTensorRt_HasNoZeroPointsAndBiasesInFloats()
    {
        var graph = Written(SmallNetworks.Quantize(SmallNetworks.Residual(), new QuantizationOptions { Form = QuantizationForm.TensorRtS8S8 })).Graph;

        Assert.All(graph.Nodes.Where(node => node.OpType == "QuantizeLinear"), node => Assert.Equal(0, graph.Initializer(node.Input[2])!.RawData[0]));
        Assert.All(graph.Nodes.Where(node => node.OpType == "Conv"), node => Assert.NotNull(graph.Initializer(node.Input[2])));
        var add = graph.Nodes.Single(node => node.OpType == "Add");
        Assert.Equal(["Conv", "DequantizeLinear"], add.Input.Select(value => graph.ProducerOf(value)!.OpType));
    }

    [Fact]
    public void QdqQuantizer_SameNetworkTwice_GivesTheSameBytesAndLeavesItAsItWas()
    {
        var model = SmallNetworks.Residual();
        var before = model.Save();

        Assert.Equal(SmallNetworks.Quantize(model).Onnx, SmallNetworks.Quantize(model).Onnx);
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void QdqQuantizer_QuantizedAlready_IsRefused()
    {
        var once = Written(SmallNetworks.Quantize(SmallNetworks.Chain()));

        Assert.Contains("quantized already", Assert.Throws<CompressionException>(() => SmallNetworks.Quantize(once)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QdqQuantizer_NothingWithWeights_IsRefused()
    {
        var model = CleanupNetworks.Of([1, 4], [OnnxNode.Of("Sigmoid", ["x"], ["y"])]);

        Assert.Contains("nothing to quantize", Assert.Throws<CompressionException>(() => SmallNetworks.Quantize(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QdqQuantizer_RangeThatNobodyMeasured_IsNamed()
    {
        var ranges = CalibrationData.OfRanges(new Dictionary<string, ValueRange> { ["x"] = new(-1, 1) });

        var error = Assert.Throws<CompressionException>(() => QdqQuantizer.Quantize(SmallNetworks.Chain(), ranges, new QuantizationOptions()));
        Assert.Contains("'positive'", error.Message, StringComparison.Ordinal);
    }

    private static OnnxModel Written(QuantizedNetwork network) => OnnxModel.Load(network.Onnx, "quantized");

    private static float[] Run(byte[] onnx)
    {
        using var network = TensorNetwork.Open(onnx, "small.onnx");
        return network.Run(new Dictionary<string, NetworkTensor> { ["x"] = SmallNetworks.Picture(seed: 2) })["y"].Floats.ToArray();
    }
}
