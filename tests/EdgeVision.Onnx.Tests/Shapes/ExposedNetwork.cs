using EdgeVision.Onnx.Schema;
using EdgeVision.Planted;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx.Tests;

/// <summary>A model of which every value is an output: the shapes that ONNX Runtime really gives.</summary>
internal static class ExposedNetwork
{
    public static Dictionary<string, ValueShape> Run(byte[] onnx, Func<InferenceSession, Dictionary<string, OrtValue>> inputsOf)
    {
        using var session = NetworkRunner.Open(Expose(onnx));
        var inputs = inputsOf(session);
        using var options = new RunOptions();
        using var outputs = session.Run(options, inputs, session.OutputNames);
        var shapes = session.OutputNames.Zip(outputs).Where(pair => pair.Second.IsTensor).ToDictionary(pair => pair.First, pair => ShapeOf(pair.Second));
        foreach (var (name, value) in inputs)
        {
            shapes.TryAdd(name, ShapeOf(value));
            value.Dispose();
        }

        return shapes;
    }

    public static ValueShape ShapeOf(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        return new ValueShape((DataType)info.ElementDataType, info.Shape);
    }

    private static byte[] Expose(byte[] onnx)
    {
        var model = ModelProto.Parser.ParseFrom(onnx);
        var known = model.Graph.Output.Select(output => output.Name).ToHashSet();
        foreach (var value in model.Graph.Node.SelectMany(node => node.Output).Where(value => value.Length > 0 && known.Add(value)))
        {
            model.Graph.Output.Add(new ValueInfoProto { Name = value });
        }

        return model.ToByteArray();
    }
}
