using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which nodes compute in 32 bits: those that must, those between them whose Casts would cost more, and last nodes without weights, which give better digits for nothing.</summary>
internal sealed class HalfPlan
{
    // What a node with fewer bytes of constants adds to the file is less than what its Casts do.
    private const int FewBytes = 256;

    private readonly OnnxGraph _graph;
    private readonly HashSet<string> _floats;
    private readonly HashSet<NodeProto> _floatNodes = new(ReferenceEqualityComparer.Instance);

    public HalfPlan(OnnxGraph graph, HashSet<string> floats, CalibrationData? ranges, IReadOnlySet<string>? blocked)
    {
        (_graph, _floats) = (graph, floats);
        foreach (var node in graph.TopologicalOrder().Where(Computes))
        {
            if (blocked?.Contains(node.Name) == true || HalfLimits.NeedsFloat(graph, node, ranges) || CountsLengths(node))
            {
                _floatNodes.Add(node);
            }
        }

        JoinIslands();
    }

    /// <summary>Whether the node reads or gives floats at all.</summary>
    public bool Computes(NodeProto node) => node.Input.Concat(node.Output).Any(_floats.Contains);

    public bool IsFloat(NodeProto node) => _floatNodes.Contains(node);

    // Lengths that became floats: 16 bits count to 2048 without a gap, and a picture is wider.
    private bool CountsLengths(NodeProto node)
    {
        if (node.Is("Cast"))
        {
            return !_floats.Contains(node.Input[0]) && _graph.Inputs.All(input => input.Name != node.Input[0]);
        }

        var givers = node.Input.Where(value => _floats.Contains(value) && _graph.Initializer(value) is null).Select(_graph.ProducerOf).ToArray();
        return givers.Length > 0 && givers.All(giver => giver is not null && _floatNodes.Contains(giver) && CountsLengths(giver));
    }

    private void JoinIslands()
    {
        bool isChanged;
        do
        {
            isChanged = false;
            foreach (var node in _graph.TopologicalOrder().Reverse().Where(node => Computes(node) && !IsFloat(node) && BytesOf(node) < FewBytes))
            {
                var before = CastsAround(node);
                _floatNodes.Add(node);
                var saved = before - CastsAround(node);
                var stays = saved > 0 || (saved == 0 && node.Output.Where(_floats.Contains).All(value => _graph.IsOutput(value) || _graph.ConsumersOf(value).All(IsFloat)));
                isChanged |= stays;
                if (!stays)
                {
                    _floatNodes.Remove(node);
                }
            }
        }
        while (isChanged);
    }

    private int CastsAround(NodeProto node) => node.Input.Concat(node.Output).Distinct().Count(value => _floats.Contains(value) && _graph.Initializer(value) is null && NeedsCast(value));

    private bool NeedsCast(string value)
    {
        var isHalf = _graph.ProducerOf(value) is { } producer && !IsFloat(producer);
        return isHalf ? _graph.IsOutput(value) || _graph.ConsumersOf(value).Any(IsFloat) : _graph.ConsumersOf(value).Any(reader => !IsFloat(reader));
    }

    private long BytesOf(NodeProto node) => node.Input.Sum(value => _graph.Initializer(value) is { } tensor && _floats.Contains(value) ? tensor.Count() * sizeof(float) : 0);
}
