using EdgeVision.Onnx.Schema;

namespace EdgeVision.Onnx;

/// <summary>The walk of an upgrade over a graph and the graphs within it.</summary>
internal sealed class UpgradePlan(OnnxModel model, int target, GraphShapes shapes)
{
    private readonly HashSet<string> _names = new GraphIndex(model.Graph.Proto).Names;
    private readonly int _source = model.Opset;

    public void Apply(GraphProto graph)
    {
        foreach (var node in graph.Node.Where(node => node.Domain is "" or "ai.onnx").ToArray())
        {
            Apply(new UpgradeContext(node, graph, this));
        }

        foreach (var inner in graph.Node.SelectMany(OnnxNode.SubGraphs))
        {
            Apply(inner);
        }
    }

    public string ModelName => model.Name;

    /// <summary>The shape of a value of the main graph, as far as it is known; within sub-graphs nothing is.</summary>
    public ValueShape? ShapeOf(GraphProto graph, string value) => ReferenceEquals(graph, model.Graph.Proto) ? shapes.Of(value) : null;

    public string NewName(string stem)
    {
        var name = stem;
        for (var i = 1; !_names.Add(name); i++)
        {
            name = $"{stem}_{i}";
        }

        return name;
    }

    public OnnxException Refuse(NodeProto node, string reason) =>
        new($"{model.Name}: {OnnxNode.Describe(node)} cannot be raised from opset {_source} to {target}: {reason}. Export the network again with opset {target}.");

    private void Apply(UpgradeContext context)
    {
        if (!UpgradeRules.IsKnown(context.Node.OpType))
        {
            throw Refuse(context.Node, "the operator is not known here, and its meaning may have changed");
        }

        foreach (var rule in UpgradeRules.All.Where(rule => rule.Since > _source && rule.Since <= target && rule.Operator == context.Node.OpType))
        {
            rule.Rewrite(context);
        }
    }
}
