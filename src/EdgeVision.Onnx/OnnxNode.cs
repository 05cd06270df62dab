using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Onnx;

/// <summary>Nodes made and read: <c>OnnxNode.Of("Concat", ["a", "b"], ["ab"], OnnxNode.Int("axis", 1))</c>.</summary>
public static class OnnxNode
{
    /// <summary>A node of the standard operators. An optional input that is left out is an empty name.</summary>
    public static NodeProto Of(string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Name = $"{operation}_{node.Output[0]}";
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        return node;
    }

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values.ToArray());
        return attribute;
    }

    public static AttributeProto SubGraph(string name, GraphProto graph) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    internal static ValueInfoProto FloatValue(string name, ReadOnlySpan<long> shape)
    {
        var lengths = new TensorShapeProto();
        foreach (var length in shape)
        {
            lengths.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = length });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = lengths } } };
    }

    /// <summary>The attribute of that name, or null.</summary>
    public static AttributeProto? Attribute(this NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>How messages call a node: its operator and its name, or its first output where it has none.</summary>
    public static string Describe(NodeProto node) =>
        node.Name.Length > 0 ? $"{node.OpType} '{node.Name}'" : $"{node.OpType} that gives '{node.Output.FirstOrDefault()}'";

    internal static IEnumerable<GraphProto> SubGraphs(AttributeProto attribute) => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G);

    internal static IEnumerable<GraphProto> SubGraphs(NodeProto node) => node.Attribute.SelectMany(SubGraphs);

    /// <summary>What a node reads: its inputs, and what its sub-graphs take from around them.</summary>
    internal static IEnumerable<string> Reads(NodeProto node) => node.Input.Where(value => value.Length > 0).Concat(SubGraphs(node).SelectMany(Captures)).Distinct();

    private static IEnumerable<string> Captures(GraphProto graph)
    {
        var own = graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(initializer => initializer.Name))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name)).Where(value => !own.Contains(value));
    }
}
