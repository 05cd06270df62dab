using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class FusionCheckTests
{
    // The style network is one picture of 720x720, which costs a session more than all others together.
    public static TheoryData<string> RealModels => [.. RealModel.All.Select(model => model.Path).Where(path => !path.Contains("style", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(RealModels))]
    public void FusionCheck_RealModelWithRangesByHand_Holds(string path)
    {
        var real = RealModel.All.First(model => model.Path == path);
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require(path)), path);
        GraphCleanup.Apply(model, real.Pinned);
        var ranges = QdqQuantizer.ValuesToCalibrate(model, new QuantizationOptions()).ToDictionary(value => value, _ => new ValueRange(-8, 8));

        var network = QdqQuantizer.Quantize(model, CalibrationData.OfRanges(ranges), new QuantizationOptions());

        Assert.InRange(network.Promise.QLinearConvs, 1, network.Promise.Convs);
        Assert.Empty(FusionCheck.Check(network, path).Differences);
    }

    [Fact]
    public void FusionCheck_NetworkAsWritten_Holds()
    {
        var report = FusionCheck.Check(SmallNetworks.Quantize(SmallNetworks.Residual()), "residual");

        Assert.True(report.Holds, string.Join("\n", report.Differences));
        Assert.Equal((0, 3, 1, 1), (report.Convs, report.QLinearConvs, report.Quantize, report.Dequantize));
    }

    [Fact]
    public void FusionCheck_BiasInOtherSteps_NamesTheConvolution()
    {
        var network = SmallNetworks.Quantize(SmallNetworks.Chain());
        var model = OnnxModel.Load(network.Onnx, "bias");
        var scale = model.Graph.Initializer(model.Graph.ProducerOf(model.Graph.Nodes.Single(node => node.Name == "second").Input[2])!.Input[1])!;
        model.Graph.SetInitializer(OnnxTensor.Of(scale.Name, [.. scale.Dims], [.. scale.ReadFloats().Select(value => value * 2)]));

        var report = FusionCheck.Check(network with { Onnx = model.Save() }, "bias");

        Assert.False(report.Holds);
        Assert.Contains("'second'", report.Differences[0], StringComparison.Ordinal);
        Assert.Equal(1, report.QLinearConvs);
    }

    [Fact]
    public void FusionCheck_FormOfTheUsualQuantizer_DoesNotHold() =>
        Assert.False(FusionCheck.Check(SmallNetworks.Quantize(SmallNetworks.Residual(), new QuantizationOptions { Form = QuantizationForm.CpuS8S8 }), "baseline").Holds);

    [Fact]
    public void FusionCheck_ForTensorRt_LooksAtTheStructure()
    {
        var network = SmallNetworks.Quantize(SmallNetworks.Residual(), new QuantizationOptions { Form = QuantizationForm.TensorRtS8S8 });

        Assert.Empty(FusionCheck.Check(network, "engine").Differences);
    }

    [Fact]
    public void FusionCheck_ForTensorRtWithAZeroPoint_NamesTheNode()
    {
        var network = SmallNetworks.Quantize(SmallNetworks.Residual(), new QuantizationOptions { Form = QuantizationForm.TensorRtS8S8 });
        var model = OnnxModel.Load(network.Onnx, "engine");
        var zero = model.Graph.Nodes.First(node => node.OpType == "QuantizeLinear").Input[2];
        model.Graph.SetInitializer(OnnxTensor.Of(zero, [], new sbyte[] { 3 }));

        Assert.Contains("zero point", FusionCheck.Check(network with { Onnx = model.Save() }, "engine").Differences[0], StringComparison.Ordinal);
    }
}
