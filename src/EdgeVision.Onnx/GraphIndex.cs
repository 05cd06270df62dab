using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>What is known of a graph between two edits, by value name.</summary>
internal sealed class GraphIndex
{
    public GraphIndex(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
        {
            Initializers[tensor.Name] = tensor;
        }

        Names.UnionWith(Initializers.Keys);
        Names.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
        foreach (var node in graph.Node)
        {
            Add(node);
        }
    }

    public Dictionary<string, NodeProto> Producers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<NodeProto>> Consumers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TensorProto> Initializers { get; } = new(StringComparer.Ordinal);

    /// <summary>Every name that is taken, those within sub-graphs too, because a name within hides the same name around it.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    private void Add(NodeProto node)
    {
        TakeNames(node);
        foreach (var value in node.Output.Where(value => value.Length > 0))
        {
            Producers[value] = node;
        }

        foreach (var value in OnnxNode.Reads(node))
        {
            if (!Consumers.TryGetValue(value, out var nodes))
            {
                Consumers[value] = nodes = [];
            }

            nodes.Add(node);
        }
    }

    private void TakeNames(NodeProto node)
    {
        Names.Add(node.Name);
        Names.UnionWith(node.Input);
        Names.UnionWith(node.Output);
        foreach (var graph in OnnxNode.SubGraphs(node))
        {
            Names.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
            Names.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
            foreach (var inner in graph.Node)
            {
                TakeNames(inner);
            }
        }
    }
}
