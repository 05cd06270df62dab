using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Whether a Clip cuts at zero, in either of the two ways that ONNX has written it.</summary>
internal static class ClipBounds
{
    public static bool IsFromZero(OnnxGraph graph, NodeProto node) => node.OpType == "Clip" && Least(graph, node) == 0;

    private static float? Least(OnnxGraph graph, NodeProto node) =>
        node.Input.Count > 1 && node.Input[1].Length > 0 ? graph.Initializer(node.Input[1])?.ReadFloats().FirstOrDefault() : node.Attribute("min")?.F;
}
