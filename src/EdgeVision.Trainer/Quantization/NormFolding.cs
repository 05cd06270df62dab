using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Quantization;

/// <summary>Normalisations with the statistics that they have, within the convolutions before them: what a device computes, and so what 8 bits are learnt for (Jacob et al. 2018, 1712.05877, section 3.2).</summary>
/// <remarks>Every other layer and name stays. Answers are those of the network as it is examined, up to rounding of floats.</remarks>
internal static class NormFolding
{
    /// <exception cref="TrainerException">A normalisation that no convolution alone is before.</exception>
    public static LayerGraph Of(LayerGraph graph)
    {
        var norms = graph.Layers.OfType<BatchNorm>().ToDictionary(norm => norm, norm => ConvBefore(graph, norm));
        var convs = norms.Values.ToHashSet();
        return graph.With(layer => layer is BatchNorm ? new FoldedNorm(layer.Name, layer.Inputs[0]) : layer is Conv conv && convs.Contains(conv) ? conv.WithBias() : layer);
    }

    /// <summary>Takes the weights over.</summary>
    /// <param name="folded">Of a graph that <see cref="Of"/> made of the other one's, with whatever else was done to its layers.</param>
    public static void Copy(Network network, Network folded)
    {
        var given = network.Graph.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in folded.Graph.Parameters.Where(parameter => given.Contains(parameter.Name)))
        {
            folded.Write(parameter.Name, network.Read(parameter.Name));
        }

        foreach (var norm in network.Graph.Layers.OfType<BatchNorm>())
        {
            Fold(network, folded, ConvBefore(network.Graph, norm).Name, norm.Name, given);
        }
    }

    private static void Fold(Network network, Network folded, string conv, string norm, HashSet<string> given)
    {
        var weights = network.Read($"{conv}.weight").ToArray();
        var (scale, shift) = (network.Read($"{norm}.weight").ToArray(), network.Read($"{norm}.bias").ToArray());
        var mean = network.Read($"{norm}.running_mean");
        var variance = network.Read($"{norm}.running_var");
        var bias = given.Contains($"{conv}.bias") ? network.Read($"{conv}.bias") : new float[scale.Length];
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = scale[channel] / Math.Sqrt(variance[channel] + BatchNorm.Epsilon);
            shift[channel] = (float)(shift[channel] + (bias[channel] - mean[channel]) * factor);
            foreach (ref var weight in weights.AsSpan(channel * (weights.Length / scale.Length), weights.Length / scale.Length))
            {
                weight = (float)(weight * factor);
            }
        }

        folded.Write($"{conv}.weight", weights);
        folded.Write($"{conv}.bias", shift);
    }

    private static Conv ConvBefore(LayerGraph graph, BatchNorm norm) =>
        graph.Layers.FirstOrDefault(layer => layer.Name == norm.Inputs[0]) is Conv conv && graph.Layers.Count(layer => layer.Inputs.Contains(conv.Name)) == 1
            ? conv
            : throw new TrainerException($"Layer '{norm.Name}' of {graph.Name} normalises what no convolution gives to it alone: it cannot be folded, and so 8 bits cannot be trained. Compress the run's ONNX file instead.");
}
