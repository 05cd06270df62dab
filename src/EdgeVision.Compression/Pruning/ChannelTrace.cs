using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>One walk over a graph that notes where every channel stands. What a flow does not understand it blocks, so that a gap in our knowledge costs savings and never the network.</summary>
internal sealed class ChannelTrace
{
    private readonly GraphShapes _shapes;
    private readonly Dictionary<string, ChannelAxis> _axes = new(StringComparer.Ordinal);
    private readonly List<ChannelBinding> _bindings = [];
    private readonly Dictionary<(string Tensor, int Axis), ChannelBinding> _weights = [];
    private readonly Dictionary<string, int> _reads;

    public ChannelTrace(OnnxModel model, GraphShapes shapes)
    {
        (Model, _shapes) = (model, shapes);
        _reads = Graph.Nodes.SelectMany(node => node.Input).CountBy(value => value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var node in Graph.TopologicalOrder())
        {
            Follow(node);
        }

        foreach (var output in Graph.Outputs)
        {
            Block(Of(output.Name), $"output '{output.Name}' is made of them");
        }

        KeepWhatOthersRead();
    }

    public OnnxModel Model { get; }

    public OnnxGraph Graph => Model.Graph;

    public ChannelSets Sets { get; } = new();

    public List<ChannelLayer> Layers { get; } = [];

    /// <summary>Constants and attributes that hold lengths or counts, to be written anew when channels go.</summary>
    public List<Action<ChannelKeep>> Edits { get; } = [];

    public IReadOnlyList<ChannelBinding> Bindings => _bindings;

    public IEnumerable<ChannelAxis> Axes => _axes.Values;

    /// <summary>Where the channels of a value stand; null = it has none that could go.</summary>
    public ChannelAxis? Of(string value) => _axes.GetValueOrDefault(value);

    public long[]? Lengths(string value) => Graph.Initializer(value) is { } constant ? [.. constant.Dims]
        : _shapes.Of(value) is { IsFixed: true } shape ? [.. shape.Lengths] : null;

    public void Set(string value, ChannelAxis? axis)
    {
        // A single channel cannot go, and one that is spread over others (broadcast) need not be told from a constant.
        if (axis is { Length: > 1 })
        {
            _axes[value] = axis;
        }
    }

    /// <summary>New channels, given by a node.</summary>
    public int[] Start(NodeProto node, int count, int[] read)
    {
        var given = Sets.Fresh(count);
        Layers.Add(new ChannelLayer(node, given, read));
        return given;
    }

    /// <summary>Lets a constant shrink with channels. Weights that several nodes read shrink for all of them alike; of other constants each reader gets a copy.</summary>
    public void Bind(NodeProto node, int slot, int axis, int[] channels, BindingRole role)
    {
        var binding = new ChannelBinding(node, slot, axis, channels, role);
        if (Graph.Initializer(binding.Tensor) is not { } constant || constant.Dims[axis] != channels.Length)
        {
            Sets.Block(channels, $"{OnnxNode.Describe(node)} reads '{binding.Tensor}', which is no constant of one number for each channel");
        }
        else if (binding.IsWeight && !_weights.TryAdd((binding.Tensor, axis), binding))
        {
            Sets.Couple(_weights[(binding.Tensor, axis)].Channels, channels);
            _weights[(binding.Tensor, axis)].Readers++;
        }
        else
        {
            _bindings.Add(binding);
        }
    }

    /// <summary>Whether somebody reads a constant besides those that let it shrink.</summary>
    public bool IsReadElsewhere(ChannelBinding binding) =>
        _reads[binding.Tensor] > binding.Readers || Graph.IsOutput(binding.Tensor) || Graph.ConsumersOf(binding.Tensor).Any(node => !node.Input.Contains(binding.Tensor));

    public void Block(ChannelAxis? axis, string reason)
    {
        if (axis is not null)
        {
            Sets.Block(axis.Channels, reason);
        }
    }

    /// <summary>Keeps every channel that a node reads, in its sub-graphs too.</summary>
    public void Block(NodeProto node, string reason)
    {
        foreach (var value in node.Input.Concat(node.Attribute.SelectMany(ReadWithin)))
        {
            Block(Of(value), $"{OnnxNode.Describe(node)} {reason}");
        }
    }

    private static IEnumerable<string> ReadWithin(AttributeProto attribute) =>
        (attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs)
            .SelectMany(inner => inner.Node.SelectMany(node => node.Input.Concat(node.Attribute.SelectMany(ReadWithin))).Concat(inner.Output.Select(output => output.Name)));

    private void Follow(NodeProto node)
    {
        if (!ChannelFlows.Starts(node) && node.Attribute.All(attribute => attribute.G is null) && node.Input.All(value => Of(value) is null))
        {
            return;
        }

        if (ChannelFlows.Of(node) is { } flow)
        {
            flow(this, node);
        }
        else
        {
            Block(node, "does something unknown with them");
        }
    }

    private void KeepWhatOthersRead()
    {
        foreach (var binding in _bindings.Where(binding => binding.IsWeight && IsReadElsewhere(binding)))
        {
            Sets.Block(binding.Channels, $"weights '{binding.Tensor}' are read elsewhere, where they must stay whole");
        }
    }
}
