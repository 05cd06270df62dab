using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Edits that several passes make.</summary>
internal static class GraphSurgery
{
    /// <summary>Takes out a node whose first output equals <paramref name="source"/>. An output of the graph keeps its name: what gave the source gives it from then on.</summary>
    /// <returns>False, and nothing is done, where both names are promised to the outside.</returns>
    public static bool Bypass(this OnnxGraph graph, NodeProto node, string source)
    {
        var output = node.Output[0];
        if (!graph.IsOutput(output))
        {
            graph.Redirect(output, source);
            graph.Remove(node);
            return true;
        }

        if (graph.ProducerOf(source) is not { } producer || graph.IsOutput(source))
        {
            return false;
        }

        graph.Remove(node);
        graph.Redirect(source, output);
        producer.Output[producer.Output.IndexOf(source)] = output;
        graph.Touch();
        return true;
    }

    /// <summary>Gives a node another constant. Under the old one's name where nobody else reads that, so that names survive.</summary>
    public static void SetConstant(this OnnxGraph graph, NodeProto node, int index, TensorProto tensor)
    {
        var old = node.InputAt(index);
        tensor.Name = old.Length > 0 && graph.Initializer(old) is not null && graph.HasOneReader(old) ? old : graph.NewName(tensor.Name);
        while (node.Input.Count <= index)
        {
            node.Input.Add("");
        }

        node.Input[index] = tensor.Name;
        graph.SetInitializer(tensor);
    }

    public static void SetAttribute(this NodeProto node, AttributeProto attribute)
    {
        node.RemoveAttribute(attribute.Name);
        node.Attribute.Add(attribute);
    }

    public static void RemoveAttribute(this NodeProto node, string name)
    {
        if (node.Attribute(name) is { } known)
        {
            node.Attribute.Remove(known);
        }
    }
}
