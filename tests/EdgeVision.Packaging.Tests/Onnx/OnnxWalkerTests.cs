namespace EdgeVision.Packaging.Tests;

public sealed class OnnxWalkerTests
{
    public static TheoryData<string> Names => new(OnnxCases.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void OnnxWalker_Case_IsJudgedByRuleAndPlace(string name)
    {
        var expected = OnnxCases.All[name];

        var verdict = OnnxWalker.Check(expected.File(), new OnnxLimits());

        Assert.Equal((expected.Problem, expected.Place), (verdict.Problem, verdict.Place));
        Assert.Contains(expected.Reason, verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(verdict.IsOk, verdict.Reason.Length == 0);
    }

    [Fact]
    public void OnnxWalker_CutAnywhere_IsRefusedOrHasLostOnlyItsEnd()
    {
        var whole = ToyOnnx.Whole(ToyOnnx.Graph(ToyOnnx.Initializer(6, 2, 3)), ToyOnnx.Import("", 17));

        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Equal(OnnxProblem.Parse, OnnxWalker.Check(whole.AsSpan(0, length), new OnnxLimits()).Problem));
    }

    [Fact]
    public void OnnxVerdict_Described_NamesFilePlaceRuleAndWayOut()
    {
        var verdict = OnnxWalker.Check(ToyOnnx.Model(Protobuf.Message(5, ToyOnnx.External())), new OnnxLimits());

        Assert.Equal(
            "m/model.onnx: graph.initializer[0] keeps its values outside the file (external_data), where nobody has checked them. Export the network with all weights inside.",
            verdict.Describe("m/model.onnx"));
    }

    [Theory]
    [InlineData(17, 8, true)]
    [InlineData(16, 8, false)]
    [InlineData(17, 7, false)]
    public void OnnxLimits_OfManifest_AreNarrower(int opset, int ir, bool isOk)
    {
        var limits = Limits(new ManifestOnnx { IrMax = ir, Opsets = new Dictionary<string, int> { ["ai.onnx"] = opset } });

        Assert.Equal(isOk, OnnxWalker.Check(ToyOnnx.Model(), limits).IsOk);
    }

    [Fact]
    public void OnnxLimits_OfManifestThatWantsMore_StayTheDaemons()
    {
        var limits = Limits(new ManifestOnnx { IrMax = 900, Opsets = new Dictionary<string, int> { [""] = 900, ["com.evil"] = 1 } });

        Assert.Equal(new OnnxLimits().IrMax, limits.IrMax);
        Assert.Equal(new OnnxLimits().Opsets[""], Assert.Single(limits.Opsets).Value);
    }

    [Theory]
    [InlineData(95, 5, 0, "fp32")]
    [InlineData(94, 6, 0, "mixed")]
    [InlineData(5, 95, 0, "fp16")]
    [InlineData(1, 0, 99, "int8")]
    public void OnnxWalker_Weights_TellThePrecision(int float32, int float16, int int8, string precision)
    {
        var model = ToyOnnx.Model(Weights(1, 4, float32), Weights(10, 2, float16), Weights(3, 1, int8));

        Assert.Equal(precision, OnnxWalker.Check(model, new OnnxLimits()).Precision);

        static byte[] Weights(int type, int bytes, int count) => Protobuf.Message(5, Protobuf.Varint(1, count), Protobuf.Varint(2, type), Protobuf.Message(9, new byte[count * bytes]));
    }

    [Fact]
    public void OnnxWalker_ThousandTensors_AllocatesAVerdictOnly()
    {
        var model = ToyOnnx.Model([.. Enumerable.Repeat(ToyOnnx.Initializer(250, 250), 1000)]);
        var limits = new OnnxLimits();
        Assert.True(OnnxWalker.Check(model, limits).IsOk);

        Assert.InRange(Allocated.Bytes(1, () => OnnxWalker.Check(model, limits)), 0, 512);
    }

    private static OnnxLimits Limits(ManifestOnnx onnx) => OnnxLimits.Of(ManifestReader.Read(System.Text.Encoding.UTF8.GetBytes(ManifestText.Smallest), "toy") with { Onnx = onnx });
}
