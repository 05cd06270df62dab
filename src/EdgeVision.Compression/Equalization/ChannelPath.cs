using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Follows the channels that a layer writes through functions f with f(s x) = s f(x) for s > 0, to the layers that read them.</summary>
/// <remarks>Sums, concatenations, SiLU, HardSwish and outputs of the graph end a path, because other values meet the channels there or the factor would not come through.</remarks>
internal sealed class ChannelPath(OnnxGraph graph, Func<NodeProto, WeightedLayer?> layerOf, bool clipIsRelu)
{
    private static readonly HashSet<string> Pointwise = ["Relu", "LeakyRelu", "PRelu", "Identity", "Dropout"];
    private static readonly HashSet<string> Pooling = ["MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Resize", "Upsample"];
    private static readonly HashSet<string> Flattening = ["Flatten", "Reshape", "Squeeze"];

    /// <summary>Activation functions that were passed.</summary>
    public List<NodeProto> Activations { get; } = [];

    /// <summary>The layers at the ends of all ways, or none where one way ends in something else.</summary>
    public IReadOnlyList<WeightedLayer> Seconds(WeightedLayer first)
    {
        Activations.Clear();
        var seconds = new List<WeightedLayer>();
        return Follow(first.Node.Output[0], first, isFlat: false, seconds) ? seconds : [];
    }

    private bool Follow(string value, WeightedLayer first, bool isFlat, List<WeightedLayer> seconds)
    {
        var readers = graph.ConsumersOf(value);
        return readers.Count > 0 && !graph.IsOutput(value) && readers.All(reader => reader.Input[0] == value && !reader.Input.Skip(1).Contains(value) && Pass(reader, first, isFlat, seconds));
    }

    private bool Pass(NodeProto node, WeightedLayer first, bool isFlat, List<WeightedLayer> seconds)
    {
        if (layerOf(node) is { } second)
        {
            seconds.Add(second);
            return IsMatch(first, second, isFlat);
        }

        var isActivation = Pointwise.Contains(node.OpType) || (clipIsRelu && ClipBounds.IsFromZero(graph, node));
        if (isActivation)
        {
            Activations.Add(node);
        }

        var becomesFlat = Flattening.Contains(node.OpType) && FlattensToTwo(node);
        var isPassed = isActivation || (first.IsSpatial && !isFlat && (becomesFlat || Pooling.Contains(node.OpType) || IsSpatialMean(node)));
        return isPassed && Follow(node.Output[0], first, isFlat || becomesFlat, seconds);
    }

    // One convolution behind another, or flattened channels (each a row of equal length) before a matrix, or two matrices.
    private static bool IsMatch(WeightedLayer first, WeightedLayer second, bool isFlat) => (first.IsSpatial, second.IsSpatial) switch
    {
        (true, true) => !isFlat && first.Outputs == second.Inputs,
        (true, false) => isFlat && second.Inputs % first.Outputs == 0,
        (false, false) => first.Outputs == second.Inputs,
        _ => false,
    };

    private bool FlattensToTwo(NodeProto node) => node.OpType switch
    {
        "Flatten" => (node.Attribute("axis")?.I ?? 1) == 1,
        "Reshape" => graph.Initializer(node.Input[1]) is { Dims: [2] },
        _ => true,
    };

    private static bool IsSpatialMean(NodeProto node) =>
        node.OpType == "ReduceMean" && node.Attribute("axes")?.Ints is { Count: > 0 } axes && axes.All(axis => axis is > 1 or -1 or -2);
}
