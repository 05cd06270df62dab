using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>What stays in floats with a layer: its activation function, however many nodes that is written as.</summary>
/// <remarks>
/// Because a convolution in floats whose x · sigmoid(x) is in 8 bits again has gained nothing: the wide value is that one's. Example: Conv_41 brings Sigmoid_42 and Mul_43 along.
/// Between two layers that both stay, nothing is quantized then.
/// </remarks>
internal sealed class LayerIslands(OnnxGraph graph)
{
    private static readonly string[] Activations = ["Relu", "LeakyRelu", "PRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Elu", "Tanh", "Softplus", "Gelu"];

    public IReadOnlySet<string> With(IReadOnlySet<string> layers)
    {
        var nodes = layers.ToHashSet(StringComparer.Ordinal);
        foreach (var layer in graph.Nodes.Where(node => layers.Contains(node.Name)))
        {
            Follow(layer, nodes);
        }

        return nodes;
    }

    private void Follow(NodeProto node, HashSet<string> nodes)
    {
        foreach (var reader in node.Output.SelectMany(graph.ConsumersOf))
        {
            // A sum or product belongs to the layer when all of it comes from there: x · sigmoid(x), x · clip(x + 3) / 6.
            var isOwn = reader.OpType is "Mul" or "Add" or "Div" && reader.Input.All(value => graph.Initializer(value) is not null || (graph.ProducerOf(value) is { } producer && nodes.Contains(producer.Name)));
            if ((isOwn || Activations.Contains(reader.OpType)) && nodes.Add(reader.Name))
            {
                Follow(reader, nodes);
            }
        }
    }
}
