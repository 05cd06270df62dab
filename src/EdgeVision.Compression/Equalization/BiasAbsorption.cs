using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Absorbs high biases: what a channel has before its Relu at (almost) every pixel is taken out there and given to the next layer's bias, so that the range between is smaller.</summary>
/// <remarks>
/// In: an equalized network, changed in place, and samples of its first input. Nagel et al., arXiv 1906.04721, section 4.1.3: c = max(0, mean - 3 deviations) of each channel before the Relu.
/// Exact where the channel never falls below c and the next layer pads nothing; so each pair is measured on samples, and kept only where no output changes by more than <see cref="MaxError"/> (root mean square, as a part of the output's own).
/// Example: a channel with mean 10 and deviation 2 has c = 4; the range between shrinks from about 16 to 12. Deterministic. One thread at a time for each network.
/// </remarks>
public static class BiasAbsorption
{
    public const double MaxError = 1e-3;

    private const float Deviations = 3;

    /// <param name="samples">Enumerated more than once; some tens are enough.</param>
    /// <exception cref="CompressionException">No sample.</exception>
    public static BiasAbsorptionReport Apply(OnnxModel cleaned, IEnumerable<NetworkTensor> samples, CancellationToken stop = default)
    {
        ChannelPair[] pairs = [.. ChannelPairs.Find(cleaned.Graph)
            .Where(found => found.Activations is [{ OpType: "Relu" }, ..] && found.Activations.All(node => node.OpType is "Relu" or "Identity" or "Dropout") && found.Pair.Layers.All(layer => layer.HasChannelBias && layer.Node.OpType != "MatMul"))
            .Select(found => found.Pair)];
        if (pairs.Length == 0)
        {
            return new BiasAbsorptionReport([], []);
        }

        var before = cleaned.Save();
        var statistics = ChannelWatch.Measure(before, "the network whose biases are absorbed", [.. pairs.Select(pair => pair.First.Node.Output[0])], samples, stop);
        var absorbed = new List<AbsorbedBias>();
        var skipped = new List<AbsorbedBias>();
        foreach (var pair in pairs)
        {
            stop.ThrowIfCancellationRequested();
            float[] amounts = [.. statistics[pair.First.Node.Output[0]].Select(channel => (float)Math.Max(0, channel.Mean - (Deviations * channel.StandardDeviation)))];
            if (amounts.Any(amount => amount > 0))
            {
                var error = Absorb(cleaned, pair, amounts, before, samples);
                (error <= MaxError ? absorbed : skipped).Add(new AbsorbedBias(pair.First.Node.Name, amounts.Count(amount => amount > 0), amounts.Max(), error));
            }
        }

        return new BiasAbsorptionReport(absorbed, skipped);
    }

    private static double Absorb(OnnxModel model, ChannelPair pair, float[] amounts, byte[] before, IEnumerable<NetworkTensor> samples)
    {
        WeightedLayer[] layers = [.. pair.Layers];
        float[][] kept = [.. layers.Select(layer => layer.Bias)];
        pair.First.Bias = [.. pair.First.Bias.Zip(amounts, (bias, amount) => bias - amount)];
        foreach (var second in pair.Seconds)
        {
            second.Bias = [.. second.Bias.Zip(second.ResponseTo(amounts), (bias, response) => bias + response)];
        }

        Array.ForEach(layers, layer => layer.Write());
        var error = OutputDifference.Measure(before, model.Save(), samples);
        if (!(error <= MaxError))
        {
            for (var i = 0; i < layers.Length; i++)
            {
                layers[i].Bias = kept[i];
                layers[i].Write();
            }
        }

        return error;
    }
}
