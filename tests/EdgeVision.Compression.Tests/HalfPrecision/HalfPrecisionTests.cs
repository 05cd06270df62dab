using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using EdgeVision.Packaging;
using static EdgeVision.Onnx.OnnxNode;

namespace EdgeVision.Compression.Tests;

public sealed class HalfPrecisionTests(ITestOutputHelper output)
{
    private static readonly TensorProto[] Weights = [CleanupNetworks.Draw("w", 4, 3, 3, 3), CleanupNetworks.Draw("b", 4), CleanupNetworks.Draw("v", 4, 4, 3, 3)];

    public static TheoryData<string> Models => [.. RealModel.All.Select(model => model.Path)];

    [Theory]
    [MemberData(nameof(Models))]
    public void HalfPrecision_RealModel_IsHalfAsLargeAndSaysTheSame(string path)
    {
        var real = RealModel.All.First(model => model.Path == path);
        var model = OnnxModel.Load(real.Read(), path);
        GraphCleanup.Apply(model, real.Pinned);
        var cleaned = model.Save();

        var half = HalfPrecision.Convert(model);

        var difference = Difference(cleaned, half.Onnx, real);
        output.WriteLine($"{path}: {cleaned.Length} -> {half.Onnx.Length} bytes, {(double)cleaned.Length / half.Onnx.Length:0.00}, difference {difference:e1}, {half.FloatNodes.Count} of {model.Graph.Nodes.Count} nodes in 32 bits");
        Assert.True(OnnxWalker.Check(half.Onnx, new OnnxLimits()).IsOk);
        Assert.InRange(difference, 0, 0.002);
        Assert.InRange((double)cleaned.Length / half.Onnx.Length, cleaned.Length > 2_000_000 ? 1.95 : 1.5, 2);
        Assert.Equal(cleaned, model.Save());
        Assert.Equal(half.Onnx, HalfPrecision.Convert(model).Onnx);
    }

    [Fact]
    public void HalfPrecision_BlockedOperatorBetweenConvs_StaysInFloatWithCastsAroundIt()
    {
        var model = CleanupNetworks.Of([1, 3, 6, 6],
            [Of("Conv", ["x", "w", "b"], ["c"]), Of("Resize", ["c", "", "twice"], ["r"]), Of("Conv", ["r", "v"], ["y"])], [.. Weights, OnnxTensor.Of("twice", [4], (float[])[1, 1, 2, 2])]);

        var half = HalfPrecision.Convert(model);

        Assert.Equal(["Resize_r"], half.FloatNodes);
        Assert.Equal("Cast Conv Cast Resize Cast Conv Cast", Operators(half));
    }

    [Fact]
    public void HalfPrecision_NodeBetweenTwoBlockedOnes_JoinsThemBecauseCastsAreSaved()
    {
        var model = CleanupNetworks.Of([1, 3, 6, 6],
            [Of("Conv", ["x", "w", "b"], ["c"]), Of("Max", ["c", "c"], ["m"]), Of("Tanh", ["m"], ["t"]), Of("Min", ["t", "m"], ["n"]), Of("Conv", ["n", "v"], ["y"])], Weights);

        var half = HalfPrecision.Convert(model);

        Assert.Equal(["Max_m", "Tanh_t", "Min_n"], half.FloatNodes);
        Assert.Equal("Cast Conv Cast Max Tanh Min Cast Conv Cast", Operators(half));
    }

    [Fact]
    public void HalfPrecision_LastNodeWithoutWeights_StaysInFloatBecauseItCostsNoCast()
    {
        var model = CleanupNetworks.Of([1, 3, 6, 6], [Of("Conv", ["x", "w", "b"], ["c"]), Of("Softmax", ["c"], ["y"])], Weights);

        Assert.Equal("Cast Conv Cast Softmax", Operators(HalfPrecision.Convert(model)));
    }

    [Theory]
    [InlineData(70000f)]
    [InlineData(1e-6f)]
    public void HalfPrecision_WeightThatSixteenBitsCannotHold_StaysInFloat(float magnitude)
    {
        var weights = Enumerable.Repeat(magnitude, 4 * 3 * 9).ToArray();
        var model = CleanupNetworks.Of([1, 3, 6, 6], [Of("Conv", ["x", "big"], ["c"]), Of("Conv", ["c", "v"], ["y"])], OnnxTensor.Of("big", [4, 3, 3, 3], weights), Weights[2]);

        Assert.Equal(["Conv_c"], HalfPrecision.Convert(model).FloatNodes);
    }

    [Fact]
    public void HalfPrecision_CalibratedValueOverTheLimit_KeepsBothItsEndsInFloat()
    {
        var model = CleanupNetworks.Of([1, 3, 9, 9], [Of("Conv", ["x", "w", "b"], ["c"]), Of("Conv", ["c", "v"], ["d"]), Of("Conv", ["d", "v"], ["y"])], Weights);
        var ranges = CalibrationData.OfRanges(new Dictionary<string, ValueRange> { ["c"] = new(-1, 65000), ["d"] = new(-70000, 3) });

        Assert.Equal(["Conv_d", "Conv_y"], HalfPrecision.Convert(model, ranges).FloatNodes);
        Assert.Equal(["Conv_c"], HalfPrecision.Convert(model, blocked: new HashSet<string> { "Conv_c" }).FloatNodes);
    }

    [Fact]
    public void HalfPrecision_SixteenBitModelThatWasWidened_IsAsItWas()
    {
        var original = File.ReadAllBytes(TestData.Require("models/squeezenet/SqueezeNet_fp16.onnx"));
        var model = OnnxModel.Load(original, "SqueezeNet_fp16.onnx");

        GraphCleanup.Apply(model);

        var widened = model.Save();
        Assert.DoesNotContain(model.Graph.Proto.Initializer, tensor => tensor.TypeOf() == TensorProto.Types.DataType.Float16);
        Assert.InRange(Sameness.Difference(original, widened), 0, 0.01);
        Assert.InRange(Sameness.Difference(widened, WeightOnlyQuantizer.Quantize(model)), 0, 0.2);
        var half = HalfPrecision.Convert(model).Onnx;
        Assert.InRange(half.Length, original.Length - 10_000, original.Length + 10_000);
        Assert.InRange(Sameness.Difference(original, half), 0, 0.01);
    }

    [Fact]
    public void HalfPrecision_SubGraph_IsRefusedByNode()
    {
        var branch = new GraphProto { Name = "branch" };
        branch.Node.Add(Of("Identity", ["x"], ["inner"]));
        branch.Output.Add(new ValueInfoProto { Name = "inner", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        var model = CleanupNetworks.Of([2], [Of("If", ["yes"], ["y"], SubGraph("then_branch", branch), SubGraph("else_branch", branch.Clone()))], OnnxTensor.Of("yes", [], (bool[])[true]));

        var exception = Assert.Throws<CompressionException>(() => HalfPrecision.Convert(model));

        Assert.Contains("small.onnx: If 'If_y' holds a sub-graph", exception.Message, StringComparison.Ordinal);
    }

    private static string Operators(HalfNetwork half) => string.Join(' ', OnnxModel.Load(half.Onnx, "half").Graph.Nodes.Select(node => node.OpType));

    private static double Difference(byte[] before, byte[] after, RealModel real)
    {
        using var first = TensorNetwork.Open(before, "before");
        using var second = TensorNetwork.Open(after, "after");
        var inputs = first.Inputs.ToDictionary(input => input.Name, input => Sameness.Draw(input, real.Lengths));
        var (expected, actual) = (first.Run(inputs), second.Run(inputs));
        return expected.Max(output => Sameness.MeanDifference(output.Value, actual[output.Key]));
    }
}
