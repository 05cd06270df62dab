using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A network with values from within as its only outputs, so that nothing behind them is computed.</summary>
internal static class ExposedNetwork
{
    public static byte[] Of(OnnxModel network, IReadOnlyCollection<string> values)
    {
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
        var outputs = network.Graph.Proto.Output.ToArray();
        try
        {
            network.Graph.Proto.Output.Clear();
            network.Graph.Proto.Output.AddRange(values.Select(value => outputs.FirstOrDefault(output => output.Name == value) ?? new ValueInfoProto { Name = value, Type = type }));
            return network.Save();
        }
        finally
        {
            network.Graph.Proto.Output.Clear();
            network.Graph.Proto.Output.AddRange(outputs);
        }
    }
}
