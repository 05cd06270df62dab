using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Planted;

/// <summary>Weights kept in 16 bits and widened when the network is loaded: half the file, the same arithmetic.</summary>
public static class HalfWeights
{
    public static void Apply(OnnxModel model)
    {
        var graph = model.Graph;
        foreach (var tensor in graph.Proto.Initializer.Where(IsWeights).ToArray())
        {
            Half[] halves = [.. tensor.ReadFloats().Select(value => (Half)value)];
            var stored = OnnxTensor.Of(graph.NewName(tensor.Name + "_16bit"), [.. tensor.Dims], halves);
            graph.RemoveInitializer(tensor.Name);
            graph.SetInitializer(stored);
            graph.Insert(OnnxNode.Of("Cast", [stored.Name], [tensor.Name], OnnxNode.Int("to", (int)TensorProto.Types.DataType.Float)));
        }
    }

    private static bool IsWeights(TensorProto tensor) => tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Count >= 2;
}
