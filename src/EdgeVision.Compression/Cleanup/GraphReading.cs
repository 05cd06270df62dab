using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Compression;

/// <summary>What the passes ask of nodes and their constants.</summary>
internal static class GraphReading
{
    /// <summary>Whether it is one of these standard operators; one of the same name from another domain is not.</summary>
    public static bool Is(this NodeProto node, params ReadOnlySpan<string> operators) => node.Domain is "" or "ai.onnx" && operators.Contains(node.OpType);

    /// <summary>The name of an input, empty where it is left out.</summary>
    public static string InputAt(this NodeProto node, int index) => index < node.Input.Count ? node.Input[index] : "";

    public static long IntOf(this NodeProto node, string attribute, long missing) => node.Attribute(attribute)?.I ?? missing;

    public static float FloatOf(this NodeProto node, string attribute, float missing) => node.Attribute(attribute)?.F ?? missing;

    /// <summary>The constant that an input reads, or null.</summary>
    public static TensorProto? ConstantOf(this OnnxGraph graph, NodeProto node, int index) => graph.Initializer(node.InputAt(index));

    /// <summary>The same, where it holds 32-bit floats.</summary>
    public static TensorProto? FloatsOf(this OnnxGraph graph, NodeProto node, int index) =>
        graph.ConstantOf(node, index) is { DataType: (int)DataType.Float } tensor ? tensor : null;

    /// <summary>Whether one node alone reads the value, and nobody outside.</summary>
    public static bool HasOneReader(this OnnxGraph graph, string value) => graph.ConsumersOf(value).Count == 1 && !graph.IsOutput(value);

    /// <summary>That one node; null where there are none or more, or somebody outside reads it.</summary>
    public static NodeProto? OnlyReader(this OnnxGraph graph, string value) => graph.HasOneReader(value) ? graph.ConsumersOf(value)[0] : null;
}
