using System.Text;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Onnx.Tests;

/// <summary>Files that are refused: each message names the rule and the thing.</summary>
public sealed class OnnxModelTests
{
    public static TheoryData<string, byte[]> Refused => new()
    {
        { "model.onnx is empty", [] },
        { "not an ONNX model", Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n") },
        { "it holds no graph", new ModelProto { IrVersion = 8 }.ToByteArray() },
        { "cut short", Chains.TwoRelus().Save()[..^3] },
        { "Relu 'Relu_y' reads 'm', which nothing gives", Chains.Bytes(OnnxNode.Of("Relu", ["m"], ["y"])) },
        { "output 'y' of graph 'chain' is given by no node", Chains.Bytes(OnnxNode.Of("Relu", ["x"], ["m"])) },
        { "value 'y' is given twice, the second time by Neg 'Neg_y'", Chains.Bytes(OnnxNode.Of("Relu", ["x"], ["y"]), OnnxNode.Of("Neg", ["x"], ["y"])) },
        { "Add 'Add_m' waits for its own output", Chains.Bytes(OnnxNode.Of("Add", ["x", "y"], ["m"]), OnnxNode.Of("Relu", ["m"], ["y"])) },
        { "tensor 'w' of Constant 'Constant_y' lies in another file", Chains.Bytes(ExternalConstant()) },
        { "tensor 'w' of Constant 'Constant_y' lies in another file", Chains.Bytes(Branches(ExternalConstant())) },
        { "limit", Chains.Bytes(Nested(40)) },
        { "Constant 'Constant_y': Tensor 'w' holds 8 bytes, its dimensions [3] say 3 values of Float", Chains.Bytes(Constant(OnnxTensor.Of("w", [2], [1f, 2f]), 3)) },
        { "Tensor 'w' has dimensions [-2]: one is negative", Chains.Bytes(Constant(OnnxTensor.Of("w", [2], [1f, 2f]), -2)) },
        { "they say more values than any file holds", Chains.Bytes(Constant(OnnxTensor.Of("w", [2], [1f, 2f]), 1L << 30, 1L << 30)) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void OnnxModel_BrokenFile_IsRefusedByRule(string expected, byte[] onnx)
    {
        var message = Assert.Throws<OnnxException>(() => OnnxModel.Load(onnx, "model.onnx")).Message;

        Assert.Contains("model.onnx", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxModel_BeyondALimit_SaysWhich()
    {
        var onnx = Chains.TwoRelus().Save();

        Assert.Contains("bytes, 10 are allowed", Refusal(new GraphLimits(MaxBytes: 10)), StringComparison.Ordinal);
        Assert.Contains("more than 1 nodes", Refusal(new GraphLimits(MaxNodes: 1)), StringComparison.Ordinal);

        string Refusal(GraphLimits limits) => Assert.Throws<OnnxException>(() => OnnxModel.Load(onnx, "model.onnx", limits)).Message;
    }

    [Fact]
    public void OnnxModel_EditThatLeavesAHole_IsNotSaved()
    {
        var model = Chains.TwoRelus();

        model.Graph.Remove(model.Graph.ProducerOf("m")!);

        Assert.Contains("reads 'm', which nothing gives", Assert.Throws<OnnxException>(model.Save).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxTensor_FloatsWrittenBothWays_AreReadAlike()
    {
        var typed = new TensorProto { Name = "typed", DataType = (int)TensorProto.Types.DataType.Float };
        typed.Dims.Add(2);
        typed.FloatData.AddRange([1.5f, -2f]);

        Assert.Equal([1.5f, -2f], typed.ReadFloats());
        Assert.Equal([1.5f, -2f], OnnxTensor.Of("raw", [2], [1.5f, -2f]).ReadFloats());
        Assert.Equal([1.5f, -2f], OnnxTensor.Of("half", [2], [(Half)1.5f, (Half)(-2f)]).ReadFloats());
        typed.Dims[0] = 3;
        Assert.Contains("2 values, its dimensions [3] say 3", Assert.Throws<OnnxException>(() => typed.ReadFloats()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxTensor_WholeNumbersOfEveryWidth_AreReadAlike()
    {
        Assert.Equal([-3L, 5], OnnxTensor.Of("int8", [2], [(sbyte)-3, (sbyte)5]).ReadLongs());
        Assert.Equal([200L, 5], OnnxTensor.Of("uint8", [2], [(byte)200, (byte)5]).ReadLongs());
        Assert.Equal([-3L, 5], OnnxTensor.Of("int32", [2], [-3, 5]).ReadLongs());
        Assert.Equal([1.0, 0.0], OnnxTensor.Of("bool", [2], [true, false]).ReadDoubles());
        var typed = new TensorProto { Name = "typed", DataType = (int)TensorProto.Types.DataType.Int8 };
        typed.Dims.Add(2);
        typed.Int32Data.AddRange([-3, 5]);
        Assert.Equal([(sbyte)-3, (sbyte)5], typed.ReadSBytes());
        Assert.Contains("'typed' holds Int8, not floats", Assert.Throws<OnnxException>(() => typed.ReadFloats()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxModel_WeightThatIsNotANumber_IsNamedWithItsReader()
    {
        var model = Chains.TwoRelus();
        model.RequireFinite();
        model.Graph.SetInitializer(OnnxTensor.Of("w", [2], [1f, float.NaN]));
        model.Graph.Insert(OnnxNode.Of("Add", ["y", "w"], ["z"]));

        Assert.Contains("chain.onnx: value 1 of tensor 'w', read by Add 'Add_z', is NaN", Assert.Throws<OnnxException>(model.RequireFinite).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxModel_NodeOfAnotherDomain_IsNamed()
    {
        var foreign = OnnxNode.Of("Swish", ["x"], ["y"]);
        foreign.Domain = "acme";
        var model = Chains.Of(foreign);

        Assert.Contains("Swish 'Swish_y' is of the domain 'acme'", Assert.Throws<OnnxException>(() => model.RequireKnownDomains()).Message, StringComparison.Ordinal);
        model.RequireKnownDomains("acme");
    }

    private static NodeProto ExternalConstant() => Constant(new TensorProto { Name = "w", DataLocation = TensorProto.Types.DataLocation.External });

    private static NodeProto Constant(TensorProto tensor, params long[] dims)
    {
        tensor.Dims.Clear();
        tensor.Dims.AddRange(dims);
        return OnnxNode.Of("Constant", [], ["y"], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });
    }

    private static NodeProto Branches(params NodeProto[] nodes)
    {
        var branch = new GraphProto { Name = "branch" };
        branch.Node.AddRange(nodes);
        branch.Output.Add(Chains.Value("y"));
        return OnnxNode.Of("If", ["x"], ["y"], OnnxNode.SubGraph("then_branch", branch));
    }

    private static NodeProto Nested(int depth) => depth == 0 ? OnnxNode.Of("Relu", ["x"], ["y"]) : Branches(Nested(depth - 1));
}
