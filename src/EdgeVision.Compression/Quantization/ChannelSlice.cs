using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Every n-th channel of an NCHW value.</summary>
internal static class ChannelSlice
{
    public static NodeProto Of(OnnxGraph graph, string value, string output, long first, long step, string name) =>
        new()
        {
            OpType = "Slice",
            Name = name,
            Input = { value, Constant(graph, first), Constant(graph, int.MaxValue), Constant(graph, 1), Constant(graph, step) },
            Output = { output },
        };

    private static string Constant(OnnxGraph graph, long number)
    {
        var name = $"number_{number}";
        if (graph.Initializer(name) is null)
        {
            graph.SetInitializer(OnnxTensor.Of(name, [1], [number]));
        }

        return name;
    }
}
