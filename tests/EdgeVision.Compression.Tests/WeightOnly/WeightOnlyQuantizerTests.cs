using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using EdgeVision.Packaging;
using static EdgeVision.Onnx.OnnxNode;

namespace EdgeVision.Compression.Tests;

public sealed class WeightOnlyQuantizerTests
{
    [Fact]
    public void WeightOnlyQuantizer_Channel_HasTheScaleOfItsLargestWeight()
    {
        // Two channels of 128 weights; the largest are 1.27 and 2.54, so that the scales are 0.01 and 0.02, and 0.634 is 63 of the first.
        var weights = new float[2 * 128];
        (weights[0], weights[1], weights[128], weights[129]) = (-1.27f, 0.634f, 2.54f, -0.01f);
        var model = CleanupNetworks.Of([1, 128, 2, 2], [Of("Conv", ["x", "w"], ["y"])], OnnxTensor.Of("w", [2, 128, 1, 1], weights));

        var graph = OnnxModel.Load(WeightOnlyQuantizer.Quantize(model), "small").Graph;

        var widen = graph.ProducerOf("w")!;
        Assert.Equal(("DequantizeLinear", 0L), (widen.OpType, widen.Attribute("axis")!.I));
        Assert.Equal([0.01f, 0.02f], graph.Initializer(widen.Input[1])!.ReadFloats());
        var steps = graph.Initializer(widen.Input[0])!.ReadSBytes();
        Assert.Equal([-127, 63, 127, 0], [steps[0], steps[1], steps[128], steps[129]]);
    }

    [Fact]
    public void WeightOnlyQuantizer_EveryLinearOperator_StaysWithinHalfAStepOfEachWeight()
    {
        NodeProto[] nodes =
        [
            Of("Conv", ["x", "a"], ["c"]), Of("ConvTranspose", ["c", "t"], ["d"], Int("group", 2)), Of("GlobalAveragePool", ["d"], ["p"]), Of("Flatten", ["p"], ["f"]),
            Of("Gemm", ["f", "g"], ["h"], Int("transB", 1)), Of("Gemm", ["h", "k"], ["i"]), Of("MatMul", ["i", "m"], ["y"]),
        ];
        TensorProto[] constants =
        [
            CleanupNetworks.Draw("a", 32, 8, 1, 1), CleanupNetworks.Draw("t", 32, 8, 3, 3), CleanupNetworks.Draw("g", 32, 16), CleanupNetworks.Draw("k", 32, 32), CleanupNetworks.Draw("m", 32, 16),
        ];
        var model = CleanupNetworks.Of([1, 8, 4, 4], nodes, constants);
        var before = model.Save();

        var after = WeightOnlyQuantizer.Quantize(model);

        Assert.Equal(before, model.Save());
        Assert.Equal(5, OnnxModel.Load(after, "small").Graph.Nodes.Count(node => node.OpType == "DequantizeLinear"));
        Assert.InRange(Sameness.Difference(before, after), 1e-6, 0.02);
    }

    [Fact]
    public void WeightOnlyQuantizer_SmallOrEmptyChannels_AreNoTrouble()
    {
        var model = CleanupNetworks.Of([1, 4, 2, 2], [Of("Conv", ["x", "small"], ["c"]), Of("Conv", ["c", "zero"], ["y"])],
            CleanupNetworks.Draw("small", 4, 4, 1, 1), OnnxTensor.Of("zero", [64, 4, 1, 1], new float[256]));

        var after = WeightOnlyQuantizer.Quantize(model);

        Assert.Single(OnnxModel.Load(after, "small").Graph.Nodes, node => node.OpType == "DequantizeLinear");
        Assert.Equal(0, Sameness.Difference(model.Save(), after));
    }

    [Fact]
    public void WeightOnlyQuantizer_LargeModel_IsAQuarterAsLarge()
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/squeezenet/squeezenet_fp32.onnx")), "squeezenet_fp32.onnx");
        GraphCleanup.Apply(model);

        var after = WeightOnlyQuantizer.Quantize(model);

        Assert.InRange((double)model.Save().Length / after.Length, 3.8, 4);
        Assert.True(OnnxWalker.Check(after, new OnnxLimits()).IsOk);
        Assert.Equal(after, WeightOnlyQuantizer.Quantize(model));
        Assert.Throws<CompressionException>(() => WeightOnlyQuantizer.Quantize(OnnxModel.Load(after, "again")));
    }
}
