using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx.Tests;

public sealed class OnnxGraphTests
{
    [Fact]
    public void OnnxGraph_MiddleOfAChain_KnowsWhoGivesAndWhoReads()
    {
        var graph = Chains.TwoRelus().Graph;

        Assert.Same(graph.Nodes[0], graph.ProducerOf("m"));
        Assert.Same(graph.Nodes[1], Assert.Single(graph.ConsumersOf("m")));
        Assert.Null(graph.ProducerOf("x"));
        Assert.True(graph.IsOutput("y"));
    }

    [Fact]
    public void OnnxGraph_NodesInReverse_AreSavedInOrder()
    {
        var model = Chains.Of(OnnxNode.Of("Relu", ["m"], ["y"]), OnnxNode.Of("Relu", ["x"], ["m"]));

        var saved = OnnxModel.Load(model.Save(), "saved");

        Assert.Equal(["m", "y"], saved.Graph.Nodes.Select(node => node.Output[0]));
    }

    [Fact]
    public void OnnxGraph_NodeReplaced_ComputesTheOther()
    {
        var model = Chains.TwoRelus();

        model.Graph.Replace(model.Graph.ProducerOf("y")!, OnnxNode.Of("Add", ["m", "one"], ["y"]));
        model.Graph.SetInitializer(OnnxTensor.Of("one", [], [1f]));

        // The inputs from seed 7 are positive, so y = x + 1.
        var before = Floats(Network.Run(Chains.TwoRelus().Save())[0]);
        Assert.Equal(before.Select(value => value + 1), Floats(Network.Run(model.Save())[0]));
    }

    [Fact]
    public void OnnxGraph_NodePutBehindAValue_IsReadInItsPlace()
    {
        var graph = Chains.TwoRelus().Graph;

        graph.Insert(OnnxNode.Of("Neg", ["m"], ["minus"]));
        graph.Redirect("m", "minus");

        Assert.Equal(["m"], graph.ProducerOf("minus")!.Input);
        Assert.Equal(["minus"], graph.ProducerOf("y")!.Input);
    }

    [Fact]
    public void OnnxGraph_ValueRenamed_IsRenamedWhereItIsGivenReadAndDeclared()
    {
        var model = Chains.TwoRelus();

        model.Graph.Rename("m", "middle");
        model.Graph.Rename("y", "answer");

        Assert.Equal(["middle", "answer"], model.Graph.Nodes.Select(node => node.Output[0]));
        Assert.Equal(["x", "middle"], model.Graph.Nodes.Select(node => node.Input[0]));
        Assert.Equal("answer", model.Graph.Outputs[0].Name);
    }

    [Fact]
    public void OnnxGraph_ValueReadByASubGraph_IsReadByItsNodeAndRenamedWithin()
    {
        var inner = new GraphProto { Name = "branch" };
        inner.Node.Add(OnnxNode.Of("Neg", ["m"], ["inside"]));
        inner.Output.Add(Chains.Value("inside"));
        var model = Chains.Of(
            OnnxNode.Of("If", ["yes"], ["y"], OnnxNode.SubGraph("then_branch", inner), OnnxNode.SubGraph("else_branch", inner.Clone())),
            OnnxNode.Of("Relu", ["x"], ["m"]),
            OnnxNode.Of("Less", ["x", "x"], ["yes"]));

        Assert.Equal("If", Assert.Single(model.Graph.ConsumersOf("m")).OpType);
        Assert.Equal(["m", "yes", "y"], model.Graph.TopologicalOrder().Select(node => node.Output[0]));
        model.Graph.Rename("m", "middle");
        Assert.All(model.Graph.Nodes[0].Attribute, branch => Assert.Equal(["middle"], branch.G.Node[0].Input));
        Assert.Equal("inside_1", model.Graph.NewName("inside"));
    }

    [Fact]
    public void OnnxGraph_NewName_IsFree()
    {
        var graph = Chains.TwoRelus().Graph;

        Assert.Equal("m_1", graph.NewName("m"));
        Assert.Equal("free", graph.NewName("free"));
        Assert.Contains("name is taken", Assert.Throws<OnnxException>(() => graph.Rename("x", "m")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnnxGraph_InitializersListedAsInputs_AreNotAskedFor()
    {
        var model = OnnxModel.Load(File.ReadAllBytes(TestData.Require("models/squeezenet/SqueezeNet_fp16.onnx")), "SqueezeNet_fp16.onnx");

        Assert.Equal(["data_0"], model.Graph.Inputs.Select(input => input.Name));
    }

    private static float[] Floats(byte[] bytes) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
