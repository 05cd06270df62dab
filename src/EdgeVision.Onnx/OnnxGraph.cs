using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>The main graph of a model: who gives a value, who reads it, and edits that keep both true.</summary>
/// <remarks>
/// Values are known by name; a node is that object and no equal one. Lookups after an edit cost one walk over the nodes, then a dictionary.
/// What sub-graphs read from around them counts as read by the node that holds them. Edits inside a node go through <see cref="Touch"/>, or through the members here.
/// Example: Relu between a and b doubled: <c>graph.Replace(relu, OnnxNode.Of("Relu", ["a"], ["t"]), OnnxNode.Of("Relu", ["t"], ["b"]))</c>.
/// </remarks>
public sealed class OnnxGraph
{
    private readonly string _name;
    private GraphIndex? _index;

    internal OnnxGraph(GraphProto proto, string name)
    {
        Proto = proto;
        _name = name;
    }

    public GraphProto Proto { get; }

    public IReadOnlyList<NodeProto> Nodes => Proto.Node;

    /// <summary>The inputs that a caller has to give. Old files list their initializers as inputs too; those are left out.</summary>
    public IEnumerable<ValueInfoProto> Inputs => Proto.Input.Where(input => Initializer(input.Name) is null);

    public IReadOnlyList<ValueInfoProto> Outputs => Proto.Output;

    private GraphIndex Index => _index ??= new GraphIndex(Proto);

    public NodeProto? ProducerOf(string value) => Index.Producers.GetValueOrDefault(value);

    /// <summary>Every node that reads the value, in the graph's order. That it is an output of the graph is told by <see cref="IsOutput"/>.</summary>
    public IReadOnlyList<NodeProto> ConsumersOf(string value) => Index.Consumers.TryGetValue(value, out var nodes) ? nodes : [];

    public bool IsOutput(string value) => Proto.Output.Any(output => output.Name == value);

    public TensorProto? Initializer(string name) => Index.Initializers.GetValueOrDefault(name);

    /// <summary>Nodes, each after those it reads from; of two that could come next, the one that stands first.</summary>
    /// <exception cref="OnnxException">A cycle.</exception>
    public IReadOnlyList<NodeProto> TopologicalOrder() => GraphOrder.Sort(Proto.Node, _name);

    /// <summary>A name that no value or node of the graph has: the stem, or the stem with the first free number.</summary>
    public string NewName(string stem)
    {
        var name = stem;
        for (var i = 1; Index.Names.Contains(name); i++)
        {
            name = $"{stem}_{i}";
        }

        return name;
    }

    public void Insert(params ReadOnlySpan<NodeProto> nodes)
    {
        Proto.Node.AddRange(nodes.ToArray());
        Touch();
    }

    /// <summary>Takes a node out. Who reads its outputs must be given them by another before the model is saved.</summary>
    public void Remove(NodeProto node)
    {
        Proto.Node.RemoveAt(IndexOf(node));
        Touch();
    }

    /// <summary>Puts other nodes where a node stood.</summary>
    public void Replace(NodeProto node, params ReadOnlySpan<NodeProto> replacements)
    {
        var at = IndexOf(node);
        Proto.Node.RemoveAt(at);
        foreach (var replacement in replacements)
        {
            Proto.Node.Insert(at++, replacement);
        }

        Touch();
    }

    /// <summary>Declares an input of float32.</summary>
    public void AddInput(string name, params ReadOnlySpan<long> shape)
    {
        Proto.Input.Add(OnnxNode.FloatValue(name, shape));
        Touch();
    }

    /// <summary>Declares an output of float32.</summary>
    public void AddOutput(string name, params ReadOnlySpan<long> shape)
    {
        Proto.Output.Add(OnnxNode.FloatValue(name, shape));
        Touch();
    }

    /// <summary>Adds a constant, in place of one of the same name.</summary>
    public void SetInitializer(TensorProto tensor)
    {
        if (Initializer(tensor.Name) is { } known)
        {
            RemoveInitializer(known.Name);
        }

        Proto.Initializer.Add(tensor);
        Touch();
    }

    /// <summary>Takes a constant out, and where an old file lists it as an input, that too.</summary>
    public void RemoveInitializer(string name)
    {
        RemoveFirst(Proto.Initializer, tensor => tensor.Name == name);
        RemoveFirst(Proto.Input, input => input.Name == name);
        Touch();
    }

    /// <summary>Takes out the constants that nothing reads.</summary>
    public void RemoveUnused()
    {
        foreach (var tensor in Proto.Initializer.Where(tensor => ConsumersOf(tensor.Name).Count == 0 && !IsOutput(tensor.Name)).ToArray())
        {
            RemoveInitializer(tensor.Name);
        }
    }

    /// <summary>Gives a value another name everywhere: where it is given, read (in sub-graphs too) and declared.</summary>
    /// <exception cref="OnnxException">The new name is taken.</exception>
    public void Rename(string value, string newName)
    {
        if (Index.Names.Contains(newName))
        {
            throw new OnnxException($"{_name}: '{value}' cannot be called '{newName}', that name is taken. NewName gives a free one.");
        }

        ValueRename.Everywhere(Proto, value, newName);
        Touch();
    }

    /// <summary>Lets every node that reads one value read another; the node that gives the new value is left alone, so a node can be put behind a value.</summary>
    public void Redirect(string value, string newValue)
    {
        var giver = ProducerOf(newValue);
        foreach (var node in ConsumersOf(value).Where(node => !ReferenceEquals(node, giver)))
        {
            ValueRename.Reads(node, value, newValue);
        }

        Touch();
    }

    /// <summary>Says that a node or tensor was changed by hand, so that what was known of the graph is read anew.</summary>
    public void Touch() => _index = null;

    internal void Sort()
    {
        var sorted = TopologicalOrder().ToArray();
        Proto.Node.Clear();
        Proto.Node.AddRange(sorted);
        Touch();
    }

    // By reference, because equality of messages compares every weight within.
    private int IndexOf(NodeProto node)
    {
        for (var i = 0; i < Proto.Node.Count; i++)
        {
            if (ReferenceEquals(Proto.Node[i], node))
            {
                return i;
            }
        }

        throw new OnnxException($"{_name}: {OnnxNode.Describe(node)} is no node of this graph.");
    }

    private static void RemoveFirst<T>(Google.Protobuf.Collections.RepeatedField<T> items, Predicate<T> match)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (match(items[i]))
            {
                items.RemoveAt(i);
                return;
            }
        }
    }
}
