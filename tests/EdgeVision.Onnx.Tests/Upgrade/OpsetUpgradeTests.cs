using System.Runtime.InteropServices;
using EdgeVision.Onnx.Schema;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Onnx.Tests;

/// <summary>A raised model says the same: ONNX Runtime gives what it gave before.</summary>
public sealed class OpsetUpgradeTests(ITestOutputHelper log)
{
    public static TheoryData<string, int[]> Models => RoundTripTests.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void Raise_RealModel_GivesTheSameOutputs(string path, int[] openLengths)
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require(path)), path);

        // Out of the inputs before and after, because the runtime folds weights only when they are none, which moves the last digit.
        model.InitializersOutOfInputs();
        var before = model.Save();
        OpsetUpgrade.Raise(model);

        Assert.True(model.Opset >= 17);
        RequireAlike(path, Network.Run(before, openLengths), Network.Run(model.Save(), openLengths));
    }

    [Fact]
    public void Raise_PickedOperatorTests_GiveTheSameOutputs() => Judge(ConformanceCase.Picked());

    [Fact]
    public void Raise_AllOperatorTests_GiveTheSameOutputs() => Judge(ConformanceCase.All());

    /// <summary>Nodes whose meaning changed, in their old words.</summary>
    public static TheoryData<int, string[], NodeProto[]> Changed => new()
    {
        { 7, ["Resize"], [Wide("a"), OnnxNode.Of("Upsample", ["a"], ["y"], OnnxNode.Text("mode", "nearest"), Floats("scales", 1, 1, 2, 3))] },
        { 7, ["Resize"], [Wide("a"), OnnxNode.Of("Upsample", ["a"], ["y"], OnnxNode.Text("mode", "linear"), Floats("scales", 1, 1, 2, 2))] },
        { 7, ["Clip"], [OnnxNode.Of("Clip", ["x"], ["y"], OnnxNode.Float("max", 0.5f))] },
        { 7, ["Pad", "TopK", "Slice"], [OnnxNode.Of("Pad", ["x"], ["a"], OnnxNode.Ints("pads", 1, 2), OnnxNode.Float("value", 3)), OnnxNode.Of("TopK", ["a"], ["b", "c"], OnnxNode.Int("k", 4), OnnxNode.Int("axis", 0)), OnnxNode.Of("Slice", ["b"], ["y"], OnnxNode.Ints("starts", 1), OnnxNode.Ints("ends", -1))] },
        { 9, ["Split"], [OnnxNode.Of("Pad", ["x"], ["a"], OnnxNode.Ints("pads", 1, 0)), OnnxNode.Of("Split", ["a"], ["y", "b"], OnnxNode.Ints("split", 2, 1), OnnxNode.Int("axis", 0))] },
        { 9, ["ReduceSum", "Dropout", "Squeeze"], [Wide("a"), OnnxNode.Of("ReduceSum", ["a"], ["b"], OnnxNode.Ints("axes", 3)), OnnxNode.Of("Dropout", ["b"], ["c"], OnnxNode.Float("ratio", 0.3f)), OnnxNode.Of("Squeeze", ["c"], ["y"], OnnxNode.Ints("axes", 0, 1))] },
        { 11, ["Shape", "Flatten", "Softmax", "Reshape"], [Wide("a"), OnnxNode.Of("Concat", ["a", "a"], ["b"], OnnxNode.Int("axis", 2)), OnnxNode.Of("Softmax", ["b"], ["y"])] },
        { 11, ["Hardmax"], [Wide("a"), OnnxNode.Of("Hardmax", ["a"], ["y"], OnnxNode.Int("axis", 1))] },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public void Raise_NodeInOldWords_GivesTheSameOutputs(int opset, string[] operators, NodeProto[] nodes)
    {
        var original = InOpset(opset, nodes);
        var model = OnnxModel.Load(original, "old.onnx");

        OpsetUpgrade.Raise(model);

        Assert.All(operators, name => Assert.Contains(model.Graph.Nodes, node => node.OpType == name));
        RequireAlike("old.onnx", Network.Run(original), Network.Run(model.Save()));
    }

    [Fact]
    public void Raise_NodeWithinABranch_IsRaisedToo()
    {
        var branch = new GraphProto { Name = "branch" };
        branch.Node.Add(OnnxNode.Of("Unsqueeze", ["x"], ["wide"], OnnxNode.Ints("axes", 0)));
        branch.Node.Add(OnnxNode.Of("Squeeze", ["wide"], ["inside"], OnnxNode.Ints("axes", 0)));
        branch.Output.Add(Chains.Value("inside"));
        var original = InOpset(11, OnnxNode.Of("ReduceSum", ["x"], ["sum"], OnnxNode.Int("keepdims", 0)), OnnxNode.Of("Less", ["sum", "sum"], ["no"]),
            OnnxNode.Of("If", ["no"], ["y"], OnnxNode.SubGraph("then_branch", branch), OnnxNode.SubGraph("else_branch", branch.Clone())));
        var model = OnnxModel.Load(original, "branches.onnx");

        OpsetUpgrade.Raise(model);

        RequireAlike("branches.onnx", Network.Run(original), Network.Run(model.Save()));
    }

    [Fact]
    public void Raise_SoftmaxOverOneWideAxis_StaysOneNode()
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/squeezenet/squeezenet_fp32.onnx")), "squeezenet.onnx");
        var before = model.Graph.Nodes.Count;

        OpsetUpgrade.Raise(model);

        // [1,1000,1,1] from axis 1 on is one axis.
        Assert.Equal(before, model.Graph.Nodes.Count);
        Assert.Equal(1, model.Graph.Nodes.Single(node => node.OpType == "Softmax").Attribute("axis")!.I);
    }

    public static TheoryData<int, string, NodeProto[]> Refused => new()
    {
        { 9, "Wondrous 'Wondrous_y' cannot be raised from opset 9 to 17: the operator is not known here", [OnnxNode.Of("Wondrous", ["x"], ["y"])] },
        { 7, "BatchNormalization 'BatchNormalization_y' cannot be raised from opset 7 to 17: it normalizes each element by itself", [OnnxNode.Of("BatchNormalization", ["x", "x", "x", "x", "x"], ["y"], OnnxNode.Int("spatial", 0))] },
        { 6, "written in operators of version 6, 7 is the oldest", [OnnxNode.Of("Relu", ["x"], ["y"])] },
        { 8, "Scan lost its batch axis", [OnnxNode.Of("Scan", ["x"], ["y"])] },
        { 10, "grows along one axis and shrinks along another", [Wide("a"), OnnxNode.Of("Resize", ["a", "mixed"], ["y"])] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Raise_WhatCannotBeSaid_NamesTheNode(int opset, string expected, NodeProto[] nodes)
    {
        var model = OnnxModel.Load(InOpset(opset, nodes), "old.onnx");

        Assert.Contains(expected, Assert.Throws<OnnxException>(() => OpsetUpgrade.Raise(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InitializersOutOfInputs_OldFile_HasOnlyWhatIsGiven()
    {
        var original = File.ReadAllBytes(TestData.Require("models/squeezenet/SqueezeNet_fp16.onnx"));
        var model = OnnxModel.Load(original, "SqueezeNet_fp16.onnx");

        Assert.Equal(52, model.InitializersOutOfInputs());
        Assert.Equal(0, model.InitializersOutOfInputs());
        Assert.Equal("data_0", Assert.Single(model.Graph.Proto.Input).Name);
        Assert.True(model.Proto.IrVersion >= 4);
        Assert.Equal(Network.Run(original), Network.Run(model.Save()));
    }

    private void Judge(IReadOnlyList<ConformanceCase> cases)
    {
        var (raised, notRun, refusals) = (0, 0, new List<string>());
        foreach (var example in cases)
        {
            var model = OnnxModel.Load(example.Model, example.Name);
            if (model.Opset is < OpsetUpgrade.Oldest or >= OpsetUpgrade.Newest || example.Inputs() is not { } inputs || Outputs(example.Model, inputs) is not { } before)
            {
                notRun++;
                continue;
            }

            try
            {
                OpsetUpgrade.Raise(model);
                RequireAlike(example.Name, before, Network.Run(model.Save(), inputs));
                raised++;
            }
            catch (OnnxException exception)
            {
                refusals.Add(exception.Message);
            }
        }

        log.WriteLine($"{raised} raised and run, {refusals.Count} refused, {notRun} of {cases.Count} not of opset 7 to 16, or not run at all\n{string.Join('\n', refusals)}");
        Assert.True(raised > 20, $"only {raised} were raised");
    }

    private static byte[][]? Outputs(byte[] onnx, IReadOnlyList<TensorProto> inputs)
    {
        try
        {
            return Network.Run(onnx, inputs);
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static void RequireAlike(string name, byte[][] before, byte[][] after)
    {
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Zip(after), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second) || Apart(pair.First, pair.Second) <= 1e-6f, $"{name}: outputs are {Apart(pair.First, pair.Second)} apart"));
    }

    private static float Apart(byte[] before, byte[] after) =>
        MemoryMarshal.Cast<byte, float>(before).ToArray().Zip(MemoryMarshal.Cast<byte, float>(after).ToArray())
            .Select(values => Math.Abs(values.First - values.Second)).DefaultIfEmpty(float.PositiveInfinity).Max();

    private static byte[] InOpset(int opset, params NodeProto[] nodes)
    {
        var model = ModelProto.Parser.ParseFrom(Chains.Bytes(nodes));
        model.OpsetImport[0].Version = opset;
        model.Graph.Output[0].Type.TensorType.Shape = null;
        model.Graph.Initializer.Add(OnnxTensor.Of("mixed", [4], [1f, 1f, 2f, 0.5f]));
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    /// <summary>x as a picture [1,1,1,2].</summary>
    private static NodeProto Wide(string value) => OnnxNode.Of("Unsqueeze", ["x"], [value], OnnxNode.Ints("axes", 0, 1, 2));

    private static AttributeProto Floats(string name, params float[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.AddRange(values);
        return attribute;
    }
}
