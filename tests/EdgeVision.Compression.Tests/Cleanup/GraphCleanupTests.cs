using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

public sealed class GraphCleanupTests
{
    private const double Limit = 1e-5;

    public static TheoryData<string> Cases => [.. CleanupCases.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void GraphCleanup_SmallNetwork_IsLeftWithTheseOperatorsAndTheSameOutputs(string name)
    {
        var scenario = CleanupCases.All.First(scenario => scenario.Name == name);
        var model = scenario.Open();

        GraphCleanup.Apply(model);

        var cleaned = model.Save();
        Assert.Equal(scenario.Operators, string.Join(' ', model.Graph.Nodes.Select(node => node.OpType)));
        Assert.InRange(Sameness.Difference(scenario.Bytes(), cleaned), 0, Limit);
        Assert.Empty(GraphCleanup.Apply(model).Steps);
        Assert.Equal(cleaned, model.Save());
    }

    [Fact]
    public void GraphCleanup_CleanModel_DoesNothingAndKeepsEveryByte()
    {
        var model = CleanupNetworks.Of([1, 3, 6, 6], [OnnxNode.Of("Relu", ["x"], ["y"])]);
        model.Graph.Proto.ValueInfo.Add(new ValueInfoProto { Name = "y" });
        var before = model.Save();

        var report = GraphCleanup.Apply(model);

        Assert.Empty(report.Steps);
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void GraphCleanup_NodesWithoutNamesOrWithTheSame_GetNamesOfTheirOwn()
    {
        NodeProto[] nodes = [OnnxNode.Of("Relu", ["x"], ["a"]), OnnxNode.Of("Sigmoid", ["a"], ["b"]), OnnxNode.Of("Tanh", ["b"], ["y"])];
        (nodes[0].Name, nodes[1].Name, nodes[2].Name) = ("act", "", "act");
        var model = CleanupNetworks.Of([2], nodes);

        GraphCleanup.Apply(model);

        Assert.Equal(["act", "Sigmoid_b", "act_1"], model.Graph.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void GraphCleanup_InputShapesGiven_AreWrittenIntoTheInputAndFoldWhatAsksForThem()
    {
        NodeProto[] nodes = [OnnxNode.Of("Shape", ["x"], ["s"]), OnnxNode.Of("Gather", ["s", "zero"], ["n"]), OnnxNode.Of("Concat", ["n", "rest"], ["t"], OnnxNode.Int("axis", 0)), OnnxNode.Of("Reshape", ["x", "t"], ["y"])];
        var model = CleanupNetworks.Of([-1, 3, 2], nodes, CleanupNetworks.Longs("zero", 0), CleanupNetworks.Longs("rest", 6));

        GraphCleanup.Apply(model, new Dictionary<string, IReadOnlyList<long>> { ["x"] = [5, 3, 2] });

        Assert.Equal(5, model.Graph.Inputs.First().Type.TensorType.Shape.Dim[0].DimValue);
        Assert.Equal(["Reshape"], model.Graph.Nodes.Select(node => node.OpType));
        Assert.Equal([5L, 6L], model.Graph.Initializer(model.Graph.Nodes[0].Input[1])!.ReadLongs());
    }

    [Fact]
    public void GraphCleanup_ConstantOfAnyAmountOfMemory_StaysANode()
    {
        // 2^40 floats: 4 TiB in a file of some hundred bytes.
        NodeProto[] nodes = [OnnxNode.Of("ConstantOfShape", ["huge"], ["c"]), OnnxNode.Of("ReduceSum", ["c"], ["s"]), OnnxNode.Of("Add", ["x", "s"], ["y"])];
        var model = CleanupNetworks.Of([2], nodes, CleanupNetworks.Longs("huge", 1L << 20, 1L << 20));

        GraphCleanup.Apply(model);

        Assert.Equal(["ConstantOfShape", "ReduceSum", "Add"], model.Graph.Nodes.Select(node => node.OpType));
    }

    [Fact]
    public void GraphCleanup_WeightsThatAreNotNumbers_AreRefusedByNode()
    {
        var weights = new float[4 * 3];
        weights[5] = float.NaN;
        var model = CleanupNetworks.Of([1, 3, 2, 2], [OnnxNode.Of("Conv", ["x", "w"], ["y"])], OnnxTensor.Of("w", [4, 3, 1, 1], weights));

        var exception = Assert.Throws<CompressionException>(() => GraphCleanup.Apply(model));

        Assert.Contains("tensor 'w' of Conv 'Conv_y' holds NaN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GraphCleanup_QuantizedModel_IsLeftAloneAndRefusedOnRequest()
    {
        NodeProto[] nodes = [OnnxNode.Of("QuantizeLinear", ["x", "s", "z"], ["q"]), OnnxNode.Of("DequantizeLinear", ["q", "s", "z"], ["y"])];
        var model = CleanupNetworks.Of([2], nodes, CleanupNetworks.Scalar("s", 0.1f), OnnxTensor.Of("z", [], (byte[])[3]));

        Assert.Empty(GraphCleanup.Apply(model).Steps);
        var exception = Assert.Throws<CompressionException>(() => GraphCleanup.RequireFloat(model));

        Assert.Contains("QuantizeLinear 'QuantizeLinear_q'", exception.Message, StringComparison.Ordinal);
    }
}
