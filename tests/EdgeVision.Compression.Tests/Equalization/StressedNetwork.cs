using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>The same function written with badly scaled channels: each divided by exp(U(-3, 3)) where it is written, multiplied where it is read.</summary>
internal static class StressedNetwork
{
    /// <param name="pairs">Which of the network's pairs; null = all.</param>
    public static IReadOnlyList<EqualizedPair> Apply(OnnxModel model, int seed, double spread = 3, Predicate<int>? pairs = null)
    {
        var random = new Random(seed);
        ChannelPair[] stressed = [.. ChannelPairs.Of(model.Graph).Where((_, index) => pairs is null || pairs(index))];
        foreach (var pair in stressed)
        {
            float[] scales = [.. Enumerable.Range(0, pair.First.Outputs).Select(_ => (float)Math.Exp(((2 * random.NextDouble()) - 1) * spread))];
            pair.First.DivideOutputs(scales);
            foreach (var second in pair.Seconds)
            {
                second.MultiplyInputs(scales);
            }
        }

        foreach (var layer in stressed.SelectMany(pair => pair.Layers).Distinct())
        {
            layer.Write();
        }

        return [.. stressed.Select(pair => pair.Described)];
    }
}
