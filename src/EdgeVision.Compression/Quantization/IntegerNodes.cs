using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which nodes compute in integers.</summary>
/// <remarks>
/// Every multiplication with weights does, unless it was asked to stay in floats. Of what lies between them each node goes where fewer values have to be turned from floats to integers and back;
/// tails stay in floats, because one scale for coordinates and probabilities would blur both.
/// </remarks>
internal sealed class IntegerNodes
{
    private readonly OnnxGraph _graph;
    private readonly GraphReach _reach;
    private readonly QuantizationOptions _options;
    private readonly IReadOnlyList<NodeProto> _sorted;
    private readonly Dictionary<NodeProto, OperatorRole> _roles = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<NodeProto, FusedActivation> _fused = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, NodeProto> _owners = new(StringComparer.Ordinal);

    public IntegerNodes(OnnxGraph graph, IReadOnlyList<NodeProto> sorted, QuantizationOptions options)
    {
        (_graph, _sorted, _options) = (graph, sorted, options);
        _reach = new GraphReach(graph, sorted);
        foreach (var node in sorted.Where(MayBe))
        {
            _roles[node] = OperatorRoles.Of(graph, node);
        }

        if (options.Form != QuantizationForm.CpuS8S8)
        {
            while (Shrink())
            {
            }
        }
    }

    /// <summary>In the graph's order.</summary>
    public IEnumerable<NodeProto> All => _sorted.Where(_roles.ContainsKey);

    public OperatorRole RoleOf(NodeProto node) => _roles.GetValueOrDefault(node);

    public bool Contains(NodeProto node) => _roles.ContainsKey(node);

    /// <summary>The value that the node's integers are of, behind a Relu or Clip that goes.</summary>
    public FusedActivation FusedBehind(NodeProto node)
    {
        if (!_fused.TryGetValue(node, out var fused))
        {
            _fused[node] = fused = FusedActivation.Behind(_graph, node, MayFuse);
        }

        return fused;

        bool MayFuse(NodeProto activation) => OperatorRoles.Of(_graph, node) != OperatorRole.Passing && !_options.FloatNodes.Contains(activation.Name);
    }

    /// <summary>What of a node's inputs is read as integers: values that change, without constants.</summary>
    public IEnumerable<string> Operands(NodeProto node) => OperatorRoles.Operands(node).Where(_reach.IsFloat);

    /// <summary>The values that a node gives as integers.</summary>
    public IEnumerable<string> Results(NodeProto node) => node.Output.Count > 1 ? node.Output.Where(value => value.Length > 0) : [FusedBehind(node).Value];

    /// <summary>The value comes out of a node that computes in integers.</summary>
    public bool Gives(string value) => OwnerOf(value) is { } owner && Contains(owner);

    /// <summary>How many nodes read the value as floats; being an output of the graph is one more.</summary>
    public int FloatReaders(string value) => _graph.ConsumersOf(value).Count(reader => !Reads(reader, value)) + (_graph.IsOutput(value) ? 1 : 0);

    public bool IsRead(string value) => _graph.ConsumersOf(value).Any(reader => Reads(reader, value));

    public bool IsFloat(string value) => _reach.IsFloat(value);

    private bool Reads(NodeProto reader, string value) => Contains(reader) && Operands(reader).Contains(value);

    private bool MayBe(NodeProto node) => OperatorRoles.Of(_graph, node) != OperatorRole.Float
        && !_options.FloatNodes.Contains(node.Name)
        && Operands(node).Any()
        && (_options.Form == QuantizationForm.CpuS8S8 || _reach.IsBody(node))
        && OperatorRoles.Operands(node).All(value => _reach.IsFloat(value) || _graph.Initializer(value) is not null);

    // Takes out each node that costs more borders in integers than it does in floats; true when one went, because then its neighbours' costs are others.
    private bool Shrink()
    {
        var before = _roles.Count;
        foreach (var node in _sorted.Where(node => RoleOf(node) is not (OperatorRole.Float or OperatorRole.Weighted)))
        {
            var (integers, floats) = (BordersAsIntegers(node), BordersAsFloats(node));
            if (integers > floats || (integers == floats && RoleOf(node) == OperatorRole.Computing && !Operands(node).Any(Gives)))
            {
                _roles.Remove(node);
            }
        }

        return _roles.Count < before;
    }

    private int BordersAsIntegers(NodeProto node) =>
        Operands(node).Distinct().Count(value => !Gives(value) && _graph.ConsumersOf(value).All(reader => ReferenceEquals(reader, node) || !Reads(reader, value)))
        + Results(node).Sum(FloatReaders);

    private int BordersAsFloats(NodeProto node) => Operands(node).Distinct().Count(Gives) + Results(node).Count(IsRead);

    private NodeProto? OwnerOf(string value)
    {
        if (!_owners.TryGetValue(value, out var owner) && _graph.ProducerOf(value) is { } producer)
        {
            var before = FusedActivation.BoundsOf(_graph, producer) is null ? null : _graph.ProducerOf(producer.Input[0]);
            _owners[value] = owner = before is not null && FusedBehind(before).Value == value ? before : producer;
        }

        return owner;
    }
}
