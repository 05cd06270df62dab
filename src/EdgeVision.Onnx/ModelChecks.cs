using EdgeVision.Onnx.Schema;
using DataType = EdgeVision.Onnx.Schema.TensorProto.Types.DataType;

namespace EdgeVision.Onnx;

/// <summary>What whoever rewrites a network may ask of it beyond being sound; each refusal names the node or tensor.</summary>
public static class ModelChecks
{
    private static readonly string[] Standard = ["", "ai.onnx"];

    /// <summary>Every node, those of sub-graphs too, is of the standard operators or of a domain named here.</summary>
    /// <exception cref="OnnxException">A node of another domain: what it computes, only who wrote it knows.</exception>
    public static void RequireKnownDomains(this OnnxModel model, params IReadOnlyCollection<string> others)
    {
        if (AllNodes(model.Graph.Proto).FirstOrDefault(node => !Standard.Contains(node.Domain) && !others.Contains(node.Domain)) is { } foreign)
        {
            throw new OnnxException($"{model.Name}: {OnnxNode.Describe(foreign)} is of the domain '{foreign.Domain}', whose operators are not known here. Export the network with standard operators alone.");
        }
    }

    /// <summary>No weight is NaN or infinite.</summary>
    /// <exception cref="OnnxException">A tensor with such a number, and the node that reads it.</exception>
    public static void RequireFinite(this OnnxModel model)
    {
        foreach (var (tensor, reader) in Weights(model))
        {
            var numbers = tensor.ReadDoubles();
            if (Array.FindIndex(numbers, number => !double.IsFinite(number)) is >= 0 and var at)
            {
                throw new OnnxException($"{model.Name}: value {at} of tensor '{tensor.Name}', read by {reader}, is {numbers[at]}. The training went wrong, or the file is broken: export an earlier checkpoint.");
            }
        }
    }

    /// <summary>All constants: initializers and the tensors of Constant nodes, in the graph's order.</summary>
    internal static IEnumerable<TensorProto> Constants(this OnnxModel model) =>
        model.Graph.Proto.Initializer.Concat(AllNodes(model.Graph.Proto).Where(node => node.OpType == "Constant").Select(node => node.Attribute("value")?.T).OfType<TensorProto>());

    private static IEnumerable<(TensorProto Tensor, string Reader)> Weights(OnnxModel model) => model.Graph.Proto.Initializer
        .Select(tensor => (tensor, model.Graph.ConsumersOf(tensor.Name) is [var first, ..] ? OnnxNode.Describe(first) : "no node"))
        .Concat(AllNodes(model.Graph.Proto).Where(node => node.OpType == "Constant" && node.Attribute("value")?.T is not null).Select(node => (node.Attribute("value")!.T, OnnxNode.Describe(node))))
        .Where(pair => pair.Item1.TypeOf() is DataType.Float or DataType.Float16 or DataType.Double);

    private static IEnumerable<NodeProto> AllNodes(GraphProto graph) => graph.Node.SelectMany(node => OnnxNode.SubGraphs(node).SelectMany(AllNodes).Prepend(node));
}
