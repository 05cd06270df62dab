using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>Cross-layer equalization: gives the channels between two layers like ranges of weights, so that one scale for all of them (8 bits) serves each.</summary>
/// <remarks>
/// In: a cleaned network (batch normalisation folded), changed in place. Out: what was done. Nagel et al., Data-Free Quantization, arXiv 1906.04721, section 4.1.
/// Channel i written with weights up to r1 and read with weights up to r2 is divided by s = sqrt(r1 / r2) where it is written and multiplied by s where it is read, so that both have sqrt(r1 r2).
/// It is exact for what stands between: Relu, LeakyRelu, PRelu, pooling, Flatten. Pairs overlap (a depthwise convolution belongs to two), so they are gone through until nothing changes.
/// Example: r1 = 8, r2 = 0.5 gives s = 4 and the range 2 on both sides. A channel that is all zeros on one side keeps s = 1.
/// The network before and after is run on random inputs: a pair that changes the answers by more than 1e-4 is undone. Deterministic. One thread at a time for each network.
/// </remarks>
public static class CrossLayerEqualization
{
    private const double MaxError = 1e-4;

    /// <exception cref="CompressionException">An option beyond its limits, or a network that cannot be run on inputs of the shapes given, or that changes its answers though no pair alone does.</exception>
    public static EqualizationReport Apply(OnnxModel cleaned, EqualizationOptions? options = null)
    {
        options ??= new EqualizationOptions();
        if (options.MaxRounds < 1)
        {
            throw new CompressionException($"Equalization in {options.MaxRounds} rounds is not possible: allow 1 or more, 20 are usual.");
        }

        var clips = options.ReplaceClip ? ClipReplacement.Apply(cleaned.Graph) : [];
        var pairs = ChannelPairs.Of(cleaned.Graph);
        return pairs.Count == 0 ? new EqualizationReport([], [], 0, 1, 1, 0, clips) : Apply(cleaned, pairs, options, clips);
    }

    private static EqualizationReport Apply(OnnxModel model, IReadOnlyList<ChannelPair> all, EqualizationOptions options, IReadOnlyList<string> clips)
    {
        var check = CheckOf(model, options);
        var before = all.Max(pair => pair.Ratio());
        var kept = all;
        var (rounds, error) = Try(kept);
        if (!(error <= MaxError))
        {
            kept = [.. all.Where(pair => Try([pair]).Error <= MaxError)];
            (rounds, error) = Try(kept);
        }

        if (kept.Count > 0 && !(error <= MaxError))
        {
            Try([]);
            throw Changed(kept, error);
        }

        return new EqualizationReport(
            [.. kept.Select(pair => pair.Described)], [.. all.Except(kept).Select(pair => pair.Described)], rounds, before, all.Max(pair => pair.Ratio()), kept.Count > 0 ? error : 0, clips);

        (int Rounds, double Error) Try(IReadOnlyList<ChannelPair> pairs)
        {
            WeightedLayer[] layers = [.. all.SelectMany(pair => pair.Layers).Distinct()];
            Array.ForEach(layers, layer => layer.Reset());
            var rounds = pairs.Count == 0 ? 0 : Equalize(pairs, options);
            Array.ForEach(layers, layer => layer.Write());
            return (rounds, check.ErrorOf(model.Save()));
        }
    }

    private static int Equalize(IReadOnlyList<ChannelPair> pairs, EqualizationOptions options)
    {
        var rounds = 0;
        for (var change = double.MaxValue; change > options.Tolerance && rounds < options.MaxRounds; rounds++)
        {
            change = pairs.Max(pair => pair.Equalize());
        }

        return rounds;
    }

    private static FunctionCheck CheckOf(OnnxModel model, EqualizationOptions options)
    {
        try
        {
            return new FunctionCheck(model.Save(), options.InputShapes);
        }
        catch (InferenceException exception)
        {
            throw new CompressionException($"Equalization runs the network on random inputs to prove that it stays the same, and cannot: {exception.Message} Give the shapes of its open inputs.", exception);
        }
    }

    private static CompressionException Changed(IReadOnlyList<ChannelPair> pairs, double error) => new(
        $"Equalization of {pairs.Count} pairs, the first behind {OnnxNode.Describe(pairs[0].First.Node)}, changed the answers by {error:0.0e0} of their magnitude, though none alone does. "
        + "This is a fault of the program: leave equalization out for this network, and report it.");
}
