using EdgeVision.Onnx.Schema;
using Google.Protobuf.Collections;

namespace EdgeVision.Onnx;

/// <summary>Another name for a value, also where sub-graphs read it from around them.</summary>
internal static class ValueRename
{
    public static void Everywhere(GraphProto graph, string value, string newName)
    {
        foreach (var info in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo).Where(info => info.Name == value))
        {
            info.Name = newName;
        }

        foreach (var tensor in graph.Initializer.Where(tensor => tensor.Name == value))
        {
            tensor.Name = newName;
        }

        foreach (var annotation in graph.QuantizationAnnotation.Where(annotation => annotation.TensorName == value))
        {
            annotation.TensorName = newName;
        }

        foreach (var node in graph.Node)
        {
            Swap(node.Output, value, newName);
            Reads(node, value, newName);
        }
    }

    public static void Reads(NodeProto node, string value, string newName)
    {
        Swap(node.Input, value, newName);
        foreach (var graph in OnnxNode.SubGraphs(node).Where(graph => !Hides(graph, value)))
        {
            Everywhere(graph, value, newName);
        }
    }

    private static bool Hides(GraphProto graph, string value) =>
        graph.Input.Any(input => input.Name == value) || graph.Initializer.Any(tensor => tensor.Name == value) || graph.Node.Any(node => node.Output.Contains(value));

    private static void Swap(RepeatedField<string> names, string value, string newName)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == value)
            {
                names[i] = newName;
            }
        }
    }
}
