using EdgeVision.Compression;
using EdgeVision.Onnx;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Pruning;

/// <summary>Networks of a known model with fewer channels: the same layers, so that the widths of some are all that has to be kept to build one again.</summary>
/// <remarks>Which channels go is <see cref="ChannelPruner"/>'s to say, on the exported network; what is left of the weights is read from there by their names.</remarks>
internal static class PrunedGraph
{
    /// <param name="widths">Filters of convolutions and features of dense layers by name; others stay as they are.</param>
    /// <exception cref="TrainerException">A layer that is not there, or widths that do not meet.</exception>
    public static LayerGraph Of(LayerGraph graph, IReadOnlyDictionary<string, int> widths) =>
        widths.Keys.FirstOrDefault(name => graph.Layers.All(layer => layer.Name != name)) is { } unknown
            ? throw new TrainerException($"{graph.Name} has no layer '{unknown}' to make narrower: the run was made by another version of this program. Prune again.")
            : graph.With(layer => widths.TryGetValue(layer.Name, out var width) ? WithWidth(graph, layer, width) : layer);

    /// <summary>Of every layer that has one.</summary>
    public static SortedDictionary<string, int> WidthsOf(LayerGraph graph) =>
        new(graph.Layers.Where(layer => layer is Conv or Linear).ToDictionary(layer => layer.Name, layer => graph.ShapeOf(layer.Name).Channels), StringComparer.Ordinal);

    /// <returns>Another network; belongs to the caller.</returns>
    /// <exception cref="CompressionException">Nothing can go, or not so much.</exception>
    public static Network Prune(Network network, PruningOptions options)
    {
        var model = OnnxModel.Load(OnnxExport.Write(network), network.Graph.Name);
        PruningForm.Apply(model, Importance.BatchNormScale); // whatever the importance: the form that leaves normalisations there, because they learn too
        ChannelPruner.Prune(model, options);
        var widths = network.Graph.Layers.Where(layer => layer is Conv or Linear).ToDictionary(layer => layer.Name, layer => (int)Tensor(model, $"{layer.Name}.weight").Dims[0]);
        var pruned = new Network(Of(network.Graph, widths), seed: 0);
        foreach (var parameter in pruned.Graph.Parameters)
        {
            pruned.Write(parameter.Name, Tensor(model, parameter.Name).ReadFloats());
        }

        return pruned;
    }

    private static Onnx.Schema.TensorProto Tensor(OnnxModel model, string name) =>
        model.Graph.Initializer(name) ?? throw new TrainerException($"The pruned {model.Proto.Graph.Name} has no tensor '{name}' any more: this model cannot be pruned.");

    private static Layer WithWidth(LayerGraph graph, Layer layer, int width) => layer switch
    {
        Conv conv => conv.WithFilters(width),
        Linear linear => linear.WithFeatures(width),
        _ => throw new TrainerException($"Layer '{layer.Name}' of {graph.Name} has no width of its own: the run was made by another version of this program. Prune again."),
    };
}
