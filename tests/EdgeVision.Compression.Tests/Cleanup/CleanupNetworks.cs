using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression.Tests;

/// <summary>Networks of a few nodes between an input x and an output y, with constants drawn from a fixed seed.</summary>
internal static class CleanupNetworks
{
    public static OnnxModel Of(long[] inputShape, IEnumerable<NodeProto> nodes, params TensorProto[] constants) => OnnxModel.Load(Bytes(inputShape, nodes, constants), "small.onnx");

    public static byte[] Bytes(long[] inputShape, IEnumerable<NodeProto> nodes, TensorProto[] constants, DataType type = DataType.Float, int opset = 17)
    {
        var graph = new GraphProto { Name = "small" };
        graph.Input.Add(Value("x", type, inputShape));
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type } } });
        graph.Node.AddRange(nodes);
        graph.Initializer.AddRange(constants);
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        return model.ToByteArray();
    }

    /// <summary>Numbers from -1 to 1, others for another name.</summary>
    public static TensorProto Draw(string name, params long[] dims) => OnnxTensor.Of(name, dims, Numbers(name, dims, number => number));

    /// <summary>Numbers from 0.5 to 1.5.</summary>
    public static TensorProto DrawPositive(string name, params long[] dims) => OnnxTensor.Of(name, dims, Numbers(name, dims, number => 1 + (number / 2)));

    public static TensorProto Scalar(string name, float value) => OnnxTensor.Of(name, [], [value]);

    public static TensorProto Longs(string name, params long[] values) => OnnxTensor.Of(name, [values.Length], values);

    private static float[] Numbers(string name, long[] dims, Func<float, float> shape)
    {
        var random = new Random(name.Sum(letter => letter));
        return [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (product, length) => product * length)).Select(_ => shape((random.NextSingle() * 2) - 1))];
    }

    private static ValueInfoProto Value(string name, DataType type, long[] lengths)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(lengths.Select(length => length < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = length }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }
}
