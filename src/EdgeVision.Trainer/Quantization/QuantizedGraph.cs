using EdgeVision.Compression;
using EdgeVision.Onnx;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Quantization;

/// <summary>A network that is trained as it will be in 8 bits, and its export: rounded at the places, with the scales and by the rules of <see cref="QdqQuantizer"/>.</summary>
internal static class QuantizedGraph
{
    /// <param name="batches">That ranges are observed over, before they stand still.</param>
    /// <exception cref="TrainerException">A normalisation that cannot be folded, or a layer that becomes integers within.</exception>
    /// <exception cref="CompressionException">Nothing in it can be in 8 bits.</exception>
    public static LayerGraph Of(LayerGraph graph, WeightScaling scaling, int batches)
    {
        var folded = NormFolding.Of(graph);
        using var empty = new Network(folded, seed: 0);
        var placement = QdqQuantizer.PlacementOf(Cleaned(empty), OptionsFor(scaling));
        var values = placement.Values.ToHashSet(StringComparer.Ordinal);
        RequireLayers(folded, [.. values, .. placement.Weighted, .. placement.Stored]);
        return folded.With(layer => Quantized(layer, placement, values, scaling, batches));
    }

    /// <summary>The float network in 8 bits by the ranges that it was trained with; nothing is calibrated.</summary>
    public static byte[] Export(Network network, WeightScaling scaling)
    {
        var (model, options) = (Cleaned(network), OptionsFor(scaling));
        var ranges = new Dictionary<string, ValueRange>(StringComparer.Ordinal);
        foreach (var parameter in network.Graph.Parameters.Where(parameter => parameter.Layer is QuantizedLayer))
        {
            switch (parameter.Spec.Name)
            {
                case QuantizedLayer.Range:
                    ranges[parameter.Layer.Name] = ObservedRange.Of(network.Read(parameter.Name));
                    break;
                case QuantizedLayer.InputRange:
                    ranges[LayerGraph.Input] = ObservedRange.Of(network.Read(parameter.Name));
                    break;
            }
        }

        foreach (var (value, other) in QdqQuantizer.PlacementOf(model, options).Joined)
        {
            ranges[value] = ranges[other];
        }

        return QdqQuantizer.Quantize(model, CalibrationData.OfRanges(ranges), options).Onnx;
    }

    /// <summary>In the form that compression works on.</summary>
    public static OnnxModel Cleaned(Network network)
    {
        var model = OnnxModel.Load(OnnxExport.Write(network), network.Graph.Name);
        GraphCleanup.Apply(model);
        return model;
    }

    public static QuantizationOptions OptionsFor(WeightScaling scaling) => new() { PerChannel = scaling == WeightScaling.PerChannel, SharesAtConcat = false };

    private static Layer Quantized(Layer layer, QuantizationPlacement placement, HashSet<string> values, WeightScaling scaling, int batches)
    {
        WeightScaling? weights = placement.Weighted.Contains(layer.Name) ? scaling : placement.Stored.Contains(layer.Name) ? WeightScaling.PerChannel : null;
        var (roundsInput, roundsValue) = (values.Contains(LayerGraph.Input) && layer.Inputs.Contains(LayerGraph.Input), values.Contains(layer.Name));
        return weights is null && !roundsInput && !roundsValue ? layer : new QuantizedLayer(layer, weights, roundsInput, roundsValue, batches);
    }

    private static void RequireLayers(LayerGraph graph, IEnumerable<string> names)
    {
        var known = graph.Layers.Select(layer => layer.Name).Append(LayerGraph.Input).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } inner)
        {
            throw new TrainerException($"'{inner}' of {graph.Name} is in 8 bits within a layer, where training cannot round it. Compress the run's ONNX file instead, or train with relu.");
        }
    }
}
