using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Onnx.Tests;

/// <summary>Graphs of a few nodes, to be edited by hand.</summary>
internal static class Chains
{
    /// <summary>x [2] -> Relu -> m -> Relu -> y.</summary>
    public static OnnxModel TwoRelus() => Of(OnnxNode.Of("Relu", ["x"], ["m"]), OnnxNode.Of("Relu", ["m"], ["y"]));

    /// <summary>Nodes between an input x and an output y, both float [2].</summary>
    public static OnnxModel Of(params NodeProto[] nodes) => OnnxModel.Load(Bytes(nodes), "chain.onnx");

    public static byte[] Bytes(params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "chain" };
        graph.Input.Add(Value("x"));
        graph.Output.Add(Value("y"));
        graph.Node.AddRange(nodes);
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return model.ToByteArray();
    }

    public static ValueInfoProto Value(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 2 });
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } };
        return new ValueInfoProto { Name = name, Type = type };
    }
}
