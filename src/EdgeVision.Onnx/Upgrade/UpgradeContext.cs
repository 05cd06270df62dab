using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>One node while it is rewritten, in its graph.</summary>
internal sealed class UpgradeContext(NodeProto node, GraphProto graph, UpgradePlan plan)
{
    public NodeProto Node => node;

    public NodeAttributes Attributes { get; } = new(node, plan.ModelName);

    /// <summary>Upsample never shrinks, whatever its scales will be.</summary>
    public bool OnlyGrows { get; set; }

    public ValueShape? Input(int index) => index < node.Input.Count ? plan.ShapeOf(graph, node.Input[index]) : null;

    /// <summary>The constant that an input reads, or null.</summary>
    public TensorProto? Constant(int index) =>
        graph.Initializer.FirstOrDefault(tensor => tensor.Name == node.Input.ElementAtOrDefault(index))
        ?? graph.Node.FirstOrDefault(other => other.OpType == "Constant" && other.Output.Contains(node.Input.ElementAtOrDefault(index) ?? ""))?.Attribute("value")?.T;

    public bool IsRead(int output) => output < node.Output.Count && node.Output[output] is { Length: > 0 } value
        && (graph.Output.Any(other => other.Name == value) || graph.Node.Any(other => OnnxNode.Reads(other).Contains(value)));

    public void RemoveAttribute(string name)
    {
        if (node.Attribute(name) is { } attribute)
        {
            node.Attribute.Remove(attribute);
        }
    }

    public void SetAttribute(AttributeProto attribute)
    {
        RemoveAttribute(attribute.Name);
        node.Attribute.Add(attribute);
    }

    /// <summary>Lets an input read a new constant of the graph; the inputs before it that are missing are left out by empty names.</summary>
    public void SetInput(int index, string what, Func<string, TensorProto> constant)
    {
        while (node.Input.Count <= index)
        {
            node.Input.Add("");
        }

        var tensor = constant(NewName(what));
        graph.Initializer.Add(tensor);
        node.Input[index] = tensor.Name;
    }

    public string NewName(string what) => plan.NewName($"{node.Output.FirstOrDefault()}_{what}");

    /// <summary>Puts nodes before and behind this one.</summary>
    public void InsertAround(IEnumerable<NodeProto> before, IEnumerable<NodeProto> behind)
    {
        var at = Enumerable.Range(0, graph.Node.Count).First(i => ReferenceEquals(graph.Node[i], node));
        foreach (var next in behind.Reverse())
        {
            graph.Node.Insert(at + 1, next);
        }

        foreach (var previous in before.Reverse())
        {
            graph.Node.Insert(at, previous);
        }
    }

    public OnnxException Refuse(string reason) => plan.Refuse(node, reason);
}
