using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>PRelu, which has no integer kernel, as a · x + (1 - a) · relu(x): four operators that ONNX Runtime computes with vector instructions.</summary>
/// <remarks>
/// Because its own PRelu decides number by number. Example: a = 0.25 makes 2 to 0.5 + 1.5 and -2 to -0.5 + 0. ESPNetv2 spent 9.2 of 28.5 ms in 64 of them, and 3.7 of 21.8 in their parts.
/// Only for a network that is written for processors: TensorRT knows the one node.
/// </remarks>
internal static class SlopesInParts
{
    // Beyond, rounding a · x + (1 - a) · x costs digits.
    private const float MostSlope = 8;

    /// <returns>How many of them read integers: turned into floats once for each of two readers now.</returns>
    public static int Apply(OnnxGraph graph)
    {
        var converted = 0;
        foreach (var node in graph.Nodes.Where(node => node.Is("PRelu")).ToArray())
        {
            if (graph.FloatsOf(node, 1) is { } slopes && slopes.ReadFloats() is var values && values.All(slope => MathF.Abs(slope) <= MostSlope))
            {
                converted += graph.ProducerOf(node.Input[0])?.OpType == "DequantizeLinear" ? 1 : 0;
                Replace(graph, node, slopes, values);
            }
        }

        return converted;
    }

    private static void Replace(OnnxGraph graph, NodeProto node, TensorProto slopes, float[] values)
    {
        var rest = OnnxTensor.Of(graph.NewName(node.Name + "_rest"), [.. slopes.Dims], Array.ConvertAll(values, slope => 1 - slope));
        graph.SetInitializer(rest);
        var (everywhere, above, more) = (graph.NewName(node.Output[0] + "_everywhere"), graph.NewName(node.Output[0] + "_above"), graph.NewName(node.Output[0] + "_more"));
        graph.Replace(
            node,
            Named("Mul", [node.Input[0], slopes.Name], everywhere, node.Name + "_everywhere"),
            Named("Relu", [node.Input[0]], above, node.Name + "_above"),
            Named("Mul", [above, rest.Name], more, node.Name + "_more"),
            Named("Add", [everywhere, more], node.Output[0], node.Name));
    }

    private static NodeProto Named(string type, string[] inputs, string output, string name)
    {
        var node = OnnxNode.Of(type, inputs, [output]);
        node.Name = name;
        return node;
    }
}
