using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Which channels of a network can be taken out, and what has to go with each: the dependency graph of structured pruning (DepGraph, arXiv 2301.12900), per channel.</summary>
/// <remarks>
/// In: a model and, where its inputs leave lengths open, those lengths. Every value's channels are followed through the graph (<see cref="ChannelFlows"/>); those that meet in an Add, a depthwise convolution
/// or a shuffle become one. Channels that reach an input, an output or an operator that is not understood stay. Out: groups to choose from, and <see cref="Remove"/>, after which this object is of no use.
/// Example: Conv a (8 channels), Relu, Conv b, which gives the output: one group of a's 8 channels; taking out two leaves a's weights [6, ...] and b's [..., 6, ...].
/// Taking out a channel that is zero wherever it is read changes no output. The model is held, not copied. One thread.
/// </remarks>
public sealed class ChannelGroups
{
    private readonly ChannelTrace _trace;
    private readonly HashSet<int> _free;
    private ILookup<int, ChannelPlace>? _places;

    private ChannelGroups(ChannelTrace trace, IReadOnlyDictionary<string, IReadOnlyList<long>> inputShapes)
    {
        (_trace, InputShapes) = (trace, inputShapes);
        Groups = GroupPartition.Of(trace);
        _free = [.. Groups.SelectMany(group => group.Channels)];
        Blocked = [.. trace.Layers.Select(Blocking).OfType<BlockedLayer>()];
    }

    /// <summary>Groups of two channels and more that can shrink, in the graph's order.</summary>
    public IReadOnlyList<ChannelGroup> Groups { get; }

    public IReadOnlyList<BlockedLayer> Blocked { get; }

    internal ChannelTrace Trace => _trace;

    /// <summary>The lengths that inputs were taken to have.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<long>> InputShapes { get; }

    /// <param name="inputShapes">Lengths of inputs by name; needed where the model leaves them open. An open first length counts as 1.</param>
    /// <param name="keep">Names of nodes whose channels all stay.</param>
    /// <exception cref="CompressionException">A node of <paramref name="keep"/> is not there, or the model is quantised already.</exception>
    public static ChannelGroups Of(OnnxModel model, IReadOnlyDictionary<string, IReadOnlyList<long>>? inputShapes = null, IReadOnlySet<string>? keep = null)
    {
        GraphCleanup.RequireFloat(model);
        var closed = PruningRules.Close(model.Graph, inputShapes);
        var trace = new ChannelTrace(model, ShapeInference.Infer(model, closed));
        foreach (var name in (keep ?? new HashSet<string>()).Order(StringComparer.Ordinal))
        {
            foreach (var output in PruningRules.RequireNode(model.Graph, name).Output)
            {
                trace.Block(trace.Of(output), $"{name} was asked to keep them");
            }
        }

        return new ChannelGroups(trace, closed);
    }

    /// <summary>Every slice of a constant that belongs to the channel and goes with it.</summary>
    public IEnumerable<ChannelPlace> PlacesOf(int channel) => (_places ??= _trace.Bindings
        .SelectMany(binding => binding.Channels.Select((member, index) => (Set: _trace.Sets.Find(member), Place: new ChannelPlace(binding.Tensor, binding.Axis, index, binding.Role))))
        .ToLookup(pair => pair.Set, pair => pair.Place))[channel];

    /// <summary>Takes channels out of the model: weights, biases and other constants shrink, sizes and bounds within the graph are corrected, declared shapes of inner values are dropped.</summary>
    /// <exception cref="CompressionException">A channel that must stay, or the last ones of a group.</exception>
    public void Remove(IReadOnlySet<int> channels)
    {
        foreach (var channel in channels.Except(_free))
        {
            throw new CompressionException($"Channel {channel} is in no group that can shrink ({(channel < _trace.Sets.Count && channel >= 0 ? _trace.Sets.ReasonOf(channel) : "no such channel")}). Choose from Groups.");
        }

        if (Groups.FirstOrDefault(group => group.Channels.All(channels.Contains)) is { } empty)
        {
            throw new CompressionException($"Nothing would be left of {string.Join(", ", empty.Layers)}. Leave at least one channel of each group.");
        }

        ChannelRemoval.Apply(_trace, new ChannelKeep(_trace.Sets, channels));
    }

    private BlockedLayer? Blocking(ChannelLayer layer)
    {
        var kept = layer.Given.Count(channel => !_free.Contains(_trace.Sets.Find(channel)));
        var reason = layer.Given.Select(_trace.Sets.ReasonOf).FirstOrDefault(reason => reason is not null) ?? "they can only go all at once";
        return kept == 0 ? null : new BlockedLayer(NameOf(layer.Node), layer.Node.OpType, kept, layer.Given.Length, reason);
    }

    internal static string NameOf(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output[0];
}
