using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Compression.Tests;

/// <summary>Networks of a few nodes from "x" to "y".</summary>
internal static class SmallNetwork
{
    private const int FloatType = (int)TensorProto.Types.DataType.Float;

    public static OnnxModel Of(long[] input, TensorProto[] constants, params ReadOnlySpan<NodeProto> nodes)
    {
        var graph = new GraphProto { Name = "small" };
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(input.Select(length => new TensorShapeProto.Types.Dimension { DimValue = length }));
        graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = FloatType, Shape = shape } } });
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = FloatType } } });
        graph.Initializer.AddRange(constants);
        graph.Node.AddRange(nodes.ToArray());
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return OnnxModel.Load(model.ToByteArray(), "small");
    }

    /// <summary>Numbers from -1 to 1, each part of the first dimension as large as exp(-2 to 2) says.</summary>
    public static TensorProto Weights(string name, int seed, params long[] dims)
    {
        var random = new Random(seed);
        var row = (int)dims.Skip(1).Aggregate(1L, (product, dim) => product * dim);
        float[] sizes = [.. Enumerable.Range(0, (int)dims[0]).Select(_ => MathF.Exp((4 * random.NextSingle()) - 2))];
        float[] values = [.. Enumerable.Range(0, row * sizes.Length).Select(i => sizes[i / row] * ((2 * random.NextSingle()) - 1))];
        return OnnxTensor.Of(name, dims, values);
    }

    public static float[] Constant(this OnnxModel model, string node, int input) =>
        model.Graph.Initializer(model.Graph.Nodes.Single(candidate => candidate.Name == node).Input[input])!.ReadFloats();

    public static float[] Run(byte[] network, NetworkTensor input)
    {
        using var session = TensorNetwork.Open(network, "small");
        return session.Run(new Dictionary<string, NetworkTensor> { [session.Inputs[0].Name] = input })[session.Outputs[0].Name].Floats.ToArray();
    }

    public static NodeProto Named(this NodeProto node, string name)
    {
        node.Name = name;
        return node;
    }
}
