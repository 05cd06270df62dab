using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Lists of whole numbers that a node takes as a constant input, or in older opsets as an attribute.</summary>
internal static class NodeLongs
{
    public static bool Has(NodeProto node, int slot, string attribute) => (node.Input.Count > slot && node.Input[slot].Length > 0) || node.Attribute(attribute) is not null;

    /// <summary>Null where it is not given, or no constant.</summary>
    public static long[]? Read(OnnxGraph graph, NodeProto node, int slot, string attribute) =>
        node.Attribute(attribute) is { } given ? [.. given.Ints]
        : node.Input.Count > slot && graph.Initializer(node.Input[slot]) is { } constant ? constant.ReadLongs() : null;

    /// <summary>Writes it where it was. A constant is written as a new one, because others may read the old.</summary>
    public static void Write(OnnxGraph graph, NodeProto node, int slot, string attribute, long[] values)
    {
        if (Read(graph, node, slot, attribute) is { } known && known.AsSpan().SequenceEqual(values))
        {
            return;
        }

        if (node.Attribute(attribute) is { } given)
        {
            given.Ints.Clear();
            given.Ints.AddRange(values);
            return;
        }

        var name = graph.NewName($"{node.Output[0]}_{slot}_pruned");
        graph.SetInitializer(OnnxTensor.Of(name, [values.Length], values));
        while (node.Input.Count <= slot)
        {
            node.Input.Add("");
        }

        node.Input[slot] = name;
        graph.Touch();
    }
}
