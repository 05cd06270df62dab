using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

public sealed class CrossLayerEqualizationTests
{
    public static TheoryData<string> Exact => [.. EqualizableCase.Exact.Select(network => network.Name)];

    public static TheoryData<string> LeftAlone => [.. EqualizableCase.LeftAlone.Select(network => network.Name)];

    [Fact]
    public void Apply_TwoChannels_HaveTheGeometricMeanOnBothSides()
    {
        // Channel 0: written with 8, read with 0.5: s = 4, both 2, bias 4 / 4. Channel 1: 1 and 4: s = 0.5, both 2, bias 2 / 0.5. Channel 2 is all zeros and stays.
        var model = Chain([8, 1, 0], [4, 2, 3], [0.5f, 4, 7]);

        var report = CrossLayerEqualization.Apply(model);

        Assert.Equal([2, 2, 0], model.Constant("first", 1));
        Assert.Equal([1, 4, 3], model.Constant("first", 2));
        Assert.Equal([2, 2, 7], model.Constant("second", 1));
        var pair = Assert.Single(report.Pairs);
        Assert.Equal(("first", 3), (pair.First, pair.Channels));
        Assert.Equal(["second"], pair.Seconds);
        Assert.Equal((8, 1), (report.RatioBefore, report.RatioAfter));
        Assert.Equal(2, report.Rounds); // the second finds nothing left
    }

    [Fact]
    public void Apply_Triple_HasTheCubeRootOfAllThree()
    {
        // Ranges 16, 2 and 0.25 have the product 8: each becomes 2.
        var model = SmallNetwork.Of(
            [1, 1, 2, 2],
            [OnnxTensor.Of("w1", [1, 1, 1, 1], [16f]), OnnxTensor.Of("w2", [1, 1, 1, 1], [2f]), OnnxTensor.Of("w3", [1, 1, 1, 1], [0.25f])],
            OnnxNode.Of("Conv", ["x", "w1"], ["t"]).Named("first"),
            OnnxNode.Of("Conv", ["t", "w2"], ["u"]).Named("depthwise"),
            OnnxNode.Of("Conv", ["u", "w3"], ["y"]).Named("last"));

        var report = CrossLayerEqualization.Apply(model);

        Assert.All(["first", "depthwise", "last"], node => Assert.Equal(2, model.Constant(node, 1)[0], 0.01f));
        Assert.InRange(report.Rounds, 3, 10);
    }

    [Theory]
    [MemberData(nameof(Exact))]
    public void Apply_PositiveHomogeneousBetween_EqualizesAndComputesTheSame(string name)
    {
        var network = EqualizableCase.Exact.First(network => network.Name == name);
        var model = network.Open();
        var before = model.Save();

        var report = CrossLayerEqualization.Apply(model);

        Assert.Equal(network.Pairs, report.Pairs.Select(pair => $"{pair.First}>{string.Join('+', pair.Seconds)}"));
        Assert.Empty(report.Undone);
        Assert.NotEqual(before, model.Save());
        Assert.InRange(Difference(before, model.Save()), 0, 1e-5);
        Assert.All(ChannelPairs.Of(model.Graph), pair => Assert.InRange(pair.Equalize(), 0, 2e-3));
    }

    [Theory]
    [MemberData(nameof(LeftAlone))]
    public void Apply_AnythingElseBetween_LeavesTheNetworkAlone(string name)
    {
        var model = EqualizableCase.LeftAlone.First(network => network.Name == name).Open();
        var before = model.Save();

        var report = CrossLayerEqualization.Apply(model);

        Assert.Empty(report.Pairs);
        Assert.Equal((1, 1), (report.RatioBefore, report.RatioAfter));
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void Apply_ReshapeThatIsNoFlatten_IsUndoneAndReported()
    {
        // [1, 4, 2, 2] to [2, 8]: a row of the matrix meets channels 0 and 1 in one run and 2 and 3 in the other.
        var model = SmallNetwork.Of(
            [1, 3, 2, 2],
            [SmallNetwork.Weights("w1", 1, 4, 3, 1, 1), OnnxTensor.Of("shape", [2], [2L, 8L]), SmallNetwork.Weights("w2", 2, 8, 3)],
            OnnxNode.Of("Conv", ["x", "w1"], ["t"]).Named("first"), OnnxNode.Of("Reshape", ["t", "shape"], ["f"]), OnnxNode.Of("MatMul", ["f", "w2"], ["y"]).Named("second"));
        var before = model.Save();

        var report = CrossLayerEqualization.Apply(model);

        Assert.Empty(report.Pairs);
        Assert.Equal("first", Assert.Single(report.Undone).First);
        Assert.Equal(0, Difference(before, model.Save()));
    }

    [Fact]
    public void Apply_OnePairOfTwoIsNone_KeepsTheOther()
    {
        var model = SmallNetwork.Of(
            [1, 3, 2, 2],
            [SmallNetwork.Weights("w0", 3, 3, 3, 1, 1), SmallNetwork.Weights("w1", 1, 4, 3, 1, 1), OnnxTensor.Of("shape", [2], [2L, 8L]), SmallNetwork.Weights("w2", 2, 8, 3)],
            OnnxNode.Of("Conv", ["x", "w0"], ["s"]).Named("zeroth"), OnnxNode.Of("Conv", ["s", "w1"], ["t"]).Named("first"),
            OnnxNode.Of("Reshape", ["t", "shape"], ["f"]), OnnxNode.Of("MatMul", ["f", "w2"], ["y"]).Named("second"));
        var before = model.Save();

        var report = CrossLayerEqualization.Apply(model);

        Assert.Equal("zeroth", Assert.Single(report.Pairs).First);
        Assert.Equal("first", Assert.Single(report.Undone).First);
        Assert.InRange(Difference(before, model.Save()), 0, 1e-5);
    }

    [Fact]
    public void Apply_NetworkThatAnswersNoNumbers_IsLeftAloneBecauseNothingCanBeProved()
    {
        var model = SmallNetwork.Of(
            [1, 1, 2, 2],
            [OnnxTensor.Of("w1", [1, 1, 1, 1], [16f]), OnnxTensor.Of("w2", [1, 1, 1, 1], [1f])],
            OnnxNode.Of("Conv", ["x", "w1"], ["t"]).Named("first"), OnnxNode.Of("Conv", ["t", "w2"], ["u"]).Named("second"),
            OnnxNode.Of("Sub", ["u", "u"], ["nothing"]), OnnxNode.Of("Div", ["nothing", "nothing"], ["y"]));

        var report = CrossLayerEqualization.Apply(model);

        Assert.Empty(report.Pairs);
        Assert.Single(report.Undone);
        Assert.Equal([16], model.Constant("first", 1));
    }

    [Fact]
    public void Apply_NoRounds_IsRefused() =>
        Assert.Throws<CompressionException>(() => CrossLayerEqualization.Apply(Chain([1], [1], [1]), new EqualizationOptions { MaxRounds = 0 }));

    [Fact]
    public void Apply_ClipAndAsked_BecomesReluFirst()
    {
        var model = EqualizableCase.LeftAlone.First(network => network.Name == "Clip").Open();

        var report = CrossLayerEqualization.Apply(model, new EqualizationOptions { ReplaceClip = true });

        Assert.Equal(["Clip_u"], report.ReplacedClips);
        Assert.Single(report.Pairs);
        Assert.Equal("Relu", model.Graph.Nodes.Single(node => node.Name == "Clip_u").OpType);
    }

    [Fact]
    public void Apply_Twice_GivesTheSameBytes()
    {
        byte[] Equalized()
        {
            var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/squeezenet/squeezenet_fp32.onnx")), "squeezenet");
            GraphCleanup.Apply(model);
            CrossLayerEqualization.Apply(model);
            return model.Save();
        }

        Assert.Equal(Equalized(), Equalized());
    }

    [Fact]
    public void Apply_YoloxNanoWithItsSiLU_IsLeftAlone()
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/yolox_nano/yolox_nano.onnx")), "yolox_nano");
        GraphCleanup.Apply(model);
        var before = model.Save();

        var report = CrossLayerEqualization.Apply(model);

        Assert.Empty(report.Pairs);
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void Apply_DepthwiseTriplesOfARealFaceDetector_SaveWhatTheStressCost()
    {
        // Root mean square of the outputs' error in 8 bits, of what they are: stressed it is about all of them.
        var healthy = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/ultraface/version-RFB-320.onnx")), "ultraface");
        GraphCleanup.Apply(healthy);
        var model = OnnxModel.Load(healthy.Save(), "stressed");
        StressedNetwork.Apply(model, seed: 5);
        NetworkTensor[] samples = [.. Enumerable.Range(0, 4).Select(seed => Smooth([1, 3, 240, 320], seed))];
        var (floats, stressed) = (healthy.Save(), EightBits.Of(model, samples));

        var report = CrossLayerEqualization.Apply(model);

        Assert.Contains(report.Pairs, pair => report.Pairs.Any(next => pair.Seconds.Contains(next.First)));
        Assert.InRange(OutputDifference.Measure(floats, model.Save(), samples), 0, 1e-4);
        var (unstressed, equalized, broken) = (Error(EightBits.Of(healthy, samples)), Error(EightBits.Of(model, samples)), Error(stressed));
        Assert.True(broken > 3 * unstressed && equalized < 1.5 * unstressed, $"error {unstressed:0.000}, stressed {broken:0.000}, equalized {equalized:0.000}");

        double Error(byte[] network) => OutputDifference.Measure(floats, network, samples);
    }

    /// <summary>A picture of some waves, from -1 to 1.</summary>
    private static NetworkTensor Smooth(long[] shape, int seed)
    {
        var random = new Random(seed);
        var (across, down, phase) = (random.NextSingle() / 10, random.NextSingle() / 10, random.NextSingle());
        float[] values = [.. Enumerable.Range(0, (int)(shape[1] * shape[2] * shape[3])).Select(i => MathF.Sin((across * (i % shape[3])) + (down * (i / shape[3])) + phase))];
        return NetworkTensor.Of(shape, values);
    }

    private static OnnxModel Chain(float[] written, float[] bias, float[] read) => SmallNetwork.Of(
        [1, 1, 2, 2],
        [OnnxTensor.Of("w1", [written.Length, 1, 1, 1], written), OnnxTensor.Of("b1", [bias.Length], bias), OnnxTensor.Of("w2", [1, read.Length, 1, 1], read)],
        OnnxNode.Of("Conv", ["x", "w1", "b1"], ["t"]).Named("first"), OnnxNode.Of("Relu", ["t"], ["u"]), OnnxNode.Of("Conv", ["u", "w2"], ["y"]).Named("second"));

    /// <summary>Largest difference on inputs that the product has not seen, as a part of the largest number.</summary>
    private static double Difference(byte[] before, byte[] after)
    {
        using var session = TensorNetwork.Open(before, "before");
        long[] shape = [.. session.Inputs[0].Shape.Select(length => (long)length)];
        var random = new Random(77);
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, length) => product * length)).Select(_ => (10 * random.NextSingle()) - 5)];
        var input = NetworkTensor.Of(shape, values);
        var (wanted, given) = (SmallNetwork.Run(before, input), SmallNetwork.Run(after, input));
        return wanted.Zip(given, (one, other) => Math.Abs(one - other)).Max() / wanted.Max(Math.Abs);
    }
}
