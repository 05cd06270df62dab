using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What becomes integers: nodes, values between them, and which values share one scale.</summary>
internal sealed class QuantizationPlan
{
    private readonly OnnxGraph _graph;
    private readonly QuantizationOptions _options;
    private readonly IReadOnlyList<NodeProto> _sorted;

    public QuantizationPlan(OnnxGraph graph, QuantizationOptions options)
    {
        (_graph, _options, _sorted) = (graph, options, graph.TopologicalOrder());
        Nodes = new IntegerNodes(graph, _sorted, options);
        Values = [.. (options.Form == QuantizationForm.TensorRtS8S8 ? TensorRtValues() : CpuValues()).Distinct()];
    }

    public IntegerNodes Nodes { get; }

    /// <summary>Values between QuantizeLinear and DequantizeLinear, in the graph's order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Those of them whose range is asked for. What only passes numbers on gives no others than it was given, and shares their scale.</summary>
    public IEnumerable<string> Measured => _options.Form == QuantizationForm.TensorRtS8S8
        ? Values
        : Values.Except(Nodes.All.Where(node => Nodes.RoleOf(node) == OperatorRole.Passing).SelectMany(Nodes.Results));

    /// <summary>Values that a Concat alone reads, and its value: they have no use for steps finer than its own, so they take its range.</summary>
    public IReadOnlyDictionary<string, string> Joined()
    {
        var joined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in Measured.Reverse())
        {
            var readers = _graph.IsOutput(value) || _options.Form != QuantizationForm.CpuU8S8 ? [] : _graph.ConsumersOf(value);
            if (readers.Count > 0 && readers.All(reader => Nodes.RoleOf(reader) == OperatorRole.Joining) && Nodes.Results(readers[0]).Single() is var result && result == readers[0].Output[0])
            {
                joined[value] = joined.GetValueOrDefault(result, result);
            }
        }

        return joined;
    }

    public FusionPromise Promise()
    {
        var quantized = Values.ToHashSet(StringComparer.Ordinal);
        var gone = Nodes.All.SelectMany(node => Nodes.FusedBehind(node).Nodes).ToHashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        var islands = _sorted.Where(node => !Nodes.Contains(node) && !gone.Contains(node) && node.Output.Any(Nodes.IsFloat));
        return new FusionPromise(_graph.Nodes.Count(IsConv), Nodes.All.Count(IsConv), [.. islands.Select(node => node.Name)])
        {
            Form = _options.Form,
            Borders = Values.Sum(value => (Nodes.Gives(value) ? 0 : 1) + Nodes.FloatReaders(value)),
        };
    }

    private bool IsConv(NodeProto node) => node.OpType == "Conv" && _graph.Initializer(node.Input[1]) is not null;

    // A product with weights is left in floats where nobody reads it as integers, because the kernels of Gemm and MatMul can give both.
    private IEnumerable<string> CpuValues() => Nodes.All.SelectMany(node => Nodes.Operands(node).Concat(node.OpType is "Gemm" or "MatMul" && _options.Form == QuantizationForm.CpuU8S8
        ? Nodes.Results(node).Where(Nodes.IsRead)
        : Nodes.Results(node)));

    // TensorRT fuses what stands behind a convolution by itself and moves scales through what only passes numbers on; it wants to be told what a product reads, and the branch that an addition skips to.
    private IEnumerable<string> TensorRtValues() => Nodes.All.SelectMany(node => node.OpType switch
    {
        "Conv" or "Gemm" or "MatMul" or "AveragePool" or "GlobalAveragePool" => Nodes.Operands(node),
        "Add" => Skips(node),
        _ => [],
    });

    private IEnumerable<string> Skips(NodeProto add)
    {
        var operands = Nodes.Operands(add).ToArray();
        var main = operands.FirstOrDefault(value => _graph.ConsumersOf(value).Count == 1 && _graph.ProducerOf(value)?.OpType == "Conv");
        return operands.Length < 2 ? [] : operands.Where(value => value != main);
    }
}
