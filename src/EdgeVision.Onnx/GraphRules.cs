using EdgeVision.Onnx.Schema;
using Google.Protobuf.Collections;

namespace EdgeVision.Onnx;

/// <summary>What must hold of every model that is read or written; a broken rule is an <see cref="OnnxException"/> with the node or tensor in it.</summary>
internal sealed class GraphRules(string name, GraphLimits limits)
{
    private int _nodes;

    public static void Check(ModelProto model, string name, GraphLimits limits)
    {
        var rules = new GraphRules(name, limits);
        rules.CheckGraph(model.Graph, new HashSet<string>(StringComparer.Ordinal));
        foreach (var function in model.Functions)
        {
            rules.CheckAttributes(function.Node, new HashSet<string>(StringComparer.Ordinal));
        }
    }

    // Values of the graphs around are visible within (ONNX's scoping), so each sub-graph begins with a copy of what was known.
    private void CheckGraph(GraphProto graph, HashSet<string> outer)
    {
        var known = new HashSet<string>(outer, StringComparer.Ordinal);
        known.UnionWith(graph.Input.Select(input => input.Name));
        known.UnionWith(graph.Initializer.Select(initializer => initializer.Name));
        known.UnionWith(graph.SparseInitializer.Select(initializer => initializer.Values?.Name ?? ""));
        foreach (var tensor in graph.Initializer.Concat(graph.SparseInitializer.SelectMany(sparse => new[] { sparse.Values, sparse.Indices })))
        {
            RequireSound(tensor, "initializer");
        }

        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (node, value) in graph.Node.SelectMany(node => node.Output.Where(value => value.Length > 0), (node, value) => (node, value)))
        {
            known.Add(value);
            if (!given.Add(value))
            {
                throw new OnnxException($"{name}: value '{value}' is given twice, the second time by {OnnxNode.Describe(node)}. Give one of them another name.");
            }
        }

        RequireKnown(graph, known);
        CheckAttributes(graph.Node, known);
    }

    private void RequireKnown(GraphProto graph, HashSet<string> known)
    {
        foreach (var node in graph.Node)
        {
            if (node.Input.FirstOrDefault(value => value.Length > 0 && !known.Contains(value)) is { } missing)
            {
                throw new OnnxException($"{name}: {OnnxNode.Describe(node)} reads '{missing}', which nothing gives. Name an input, an initializer or another node's output.");
            }
        }

        if (graph.Output.FirstOrDefault(output => !known.Contains(output.Name)) is { } output)
        {
            throw new OnnxException($"{name}: output '{output.Name}' of graph '{graph.Name}' is given by no node. Name another node's output.");
        }
    }

    private void CheckAttributes(RepeatedField<NodeProto> nodes, HashSet<string> known)
    {
        _nodes += nodes.Count;
        if (_nodes > limits.MaxNodes)
        {
            throw new OnnxException($"{name} has more than {limits.MaxNodes} nodes: use a smaller network, or raise the limit.");
        }

        foreach (var (node, attribute) in nodes.SelectMany(node => node.Attribute, (node, attribute) => (node, attribute)))
        {
            foreach (var tensor in attribute.Tensors.Append(attribute.T))
            {
                RequireSound(tensor, OnnxNode.Describe(node));
            }

            foreach (var graph in OnnxNode.SubGraphs(attribute))
            {
                CheckGraph(graph, known);
            }
        }
    }

    private void RequireSound(TensorProto? tensor, string place)
    {
        if (tensor is not null && (tensor.ExternalData.Count > 0 || tensor.DataLocation == TensorProto.Types.DataLocation.External))
        {
            throw new OnnxException($"{name}: tensor '{tensor.Name}' of {place} lies in another file, which is never read. Save the model with its weights inside.");
        }

        if (tensor is not null)
        {
            RequireFit(tensor, place);
        }
    }

    private void RequireFit(TensorProto tensor, string place)
    {
        try
        {
            TensorLayout.RequireFit(tensor);
        }
        catch (OnnxException exception)
        {
            throw new OnnxException($"{name}: {place}: {exception.Message}", exception);
        }
    }
}
