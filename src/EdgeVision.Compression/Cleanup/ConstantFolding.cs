using EdgeVision.Inference;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Compression;

/// <summary>What depends on constants alone is computed, by ONNX Runtime itself, and becomes a constant.</summary>
/// <remarks>Only where the size of the result is known and small, because a few bytes can ask for any amount of memory (ConstantOfShape, Expand, Tile).</remarks>
internal static class ConstantFolding
{
    private const long MostBytes = 64 << 20;
    private const int LargestElement = 8;

    // Those of shape arithmetic, of weights and of anchors. DequantizeLinear is not among them: a quantized weight is to stay one.
    private static readonly string[] Operators =
    [
        "Abs", "Add", "And", "Cast", "Ceil", "Clip", "Concat", "ConstantOfShape", "Cos", "CumSum", "Div", "Equal", "Erf", "Exp", "Expand", "Flatten", "Floor", "Gather", "GatherElements", "GatherND",
        "Gemm", "Greater", "GreaterOrEqual", "Identity", "Less", "LessOrEqual", "Log", "MatMul", "Max", "Min", "Mod", "Mul", "Neg", "Not", "Or", "Pad", "Pow", "Range", "Reciprocal", "ReduceMax", "ReduceMean",
        "ReduceMin", "ReduceProd", "ReduceSum", "Relu", "Reshape", "Round", "ScatterElements", "ScatterND", "Shape", "Sigmoid", "Sign", "Sin", "Size", "Slice", "Split", "Sqrt", "Squeeze", "Sub", "Tanh",
        "Tile", "Transpose", "Trilu", "Unsqueeze", "Where", "Xor",
    ];

    public static void Apply(CleanupRun run)
    {
        var nodes = Foldable(run);
        if (nodes.Count == 0)
        {
            return;
        }

        var given = nodes.SelectMany(node => node.Output).Where(value => value.Length > 0).ToHashSet(StringComparer.Ordinal);
        string[] wanted = [.. given.Where(value => run.Graph.ConsumersOf(value).Any(reader => !nodes.Contains(reader)))];
        var results = wanted.Length == 0 ? [] : Compute(run, nodes, wanted);
        foreach (var node in nodes)
        {
            run.Graph.Remove(node);
            run.Record($"constant {node.OpType} computed", node);
        }

        foreach (var tensor in results)
        {
            run.Graph.SetInitializer(tensor);
        }
    }

    private static HashSet<NodeProto> Foldable(CleanupRun run)
    {
        var nodes = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var constant = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in run.Graph.TopologicalOrder().Where(node => node.Is(Operators) && node.Output.All(value => IsSmall(run, value))))
        {
            if (node.Input.All(value => value.Length == 0 || run.Graph.Initializer(value) is not null || constant.Contains(value)))
            {
                nodes.Add(node);
                constant.UnionWith(node.Output);
            }
        }

        return nodes;
    }

    private static bool IsSmall(CleanupRun run, string value) =>
        value.Length == 0 || (!run.Graph.IsOutput(value) && run.Shapes.Of(value) is { Count: { } count } && count <= MostBytes / LargestElement);

    private static TensorProto[] Compute(CleanupRun run, HashSet<NodeProto> nodes, string[] wanted)
    {
        using var network = TensorNetwork.Open(Part(run, nodes, wanted), $"the constant part of {run.Model.Name}", new TensorNetworkOptions { OptimizationLevel = 0 });
        return [.. network.Run(new Dictionary<string, NetworkTensor>()).Select(output => TensorOf(output.Key, output.Value))];
    }

    private static byte[] Part(CleanupRun run, HashSet<NodeProto> nodes, string[] wanted)
    {
        var graph = new GraphProto { Name = "constants" };
        graph.Node.AddRange(run.Graph.TopologicalOrder().Where(nodes.Contains));
        graph.Initializer.AddRange(nodes.SelectMany(node => node.Input).Distinct().Select(run.Graph.Initializer).OfType<TensorProto>());
        graph.Output.AddRange(wanted.Select(value => new ValueInfoProto
        {
            Name = value,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)run.Shapes.Of(value)!.Type } },
        }));
        var model = new ModelProto { IrVersion = run.Model.Proto.IrVersion, Graph = graph };
        model.OpsetImport.AddRange(run.Model.Proto.OpsetImport);
        return model.ToByteArray();
    }

    private static TensorProto TensorOf(string name, NetworkTensor value)
    {
        var tensor = new TensorProto { Name = name, DataType = value.Type, RawData = ByteString.CopyFrom(value.Data) };
        tensor.Dims.AddRange(value.Shape);
        return tensor;
    }
}
