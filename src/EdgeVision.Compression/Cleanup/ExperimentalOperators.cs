using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Three operators of the first converters (Core ML, CNTK) that were never in the standard and that version 10 forbids, in the words of the standard.</summary>
internal static class ExperimentalOperators
{
    private const int Forbidden = 10;

    public static void Apply(CleanupRun run)
    {
        if (run.Model.Opset >= Forbidden)
        {
            return;
        }

        foreach (var node in run.Graph.Nodes.Where(node => node.Is("Affine", "Crop", "ImageScaler")).ToArray())
        {
            run.Graph.Replace(node, node.OpType switch
            {
                "Affine" => ScaleAndShift(run.Graph, node, node.FloatOf("alpha", 1), OnnxTensor.Of(node.Output[0] + "_beta", [], [node.FloatOf("beta", 0)])),
                "ImageScaler" => ScaleAndShift(run.Graph, node, node.FloatOf("scale", 1), BiasOf(node)),
                _ => [Cut(node)],
            });
            run.Record($"{node.OpType} rewritten in operators of the standard", node);
        }
    }

    private static NodeProto[] ScaleAndShift(OnnxGraph graph, NodeProto node, float scale, TensorProto shift)
    {
        var (factor, scaled) = (OnnxTensor.Of(graph.NewName(node.Output[0] + "_scale"), [], [scale]), graph.NewName(node.Output[0] + "_scaled"));
        shift.Name = graph.NewName(shift.Name);
        graph.SetInitializer(factor);
        graph.SetInitializer(shift);
        return [OnnxNode.Of("Mul", [node.Input[0], factor.Name], [scaled]), OnnxNode.Of("Add", [scaled, shift.Name], [node.Output[0]])];
    }

    private static TensorProto BiasOf(NodeProto node)
    {
        float[] bias = [.. node.Attribute("bias")?.Floats ?? []];
        return OnnxTensor.Of(node.Output[0] + "_bias", bias.Length == 0 ? [] : [bias.Length, 1, 1], bias.Length == 0 ? [0f] : bias);
    }

    // The border is left, top, right, bottom; with a scale (height, width) the right and the bottom follow from that.
    private static NodeProto Cut(NodeProto node)
    {
        var border = node.Attribute("border")!.Ints;
        long[] ends = node.Attribute("scale") is { Ints: [var height, var width] } ? [border[1] + height, border[0] + width] : [EndOf(border[3]), EndOf(border[2])];
        return OnnxNode.Of("Slice", [node.Input[0]], [node.Output[0]], OnnxNode.Ints("axes", 2, 3), OnnxNode.Ints("starts", border[1], border[0]), OnnxNode.Ints("ends", ends));
    }

    private static long EndOf(long border) => border == 0 ? int.MaxValue : -border;
}
