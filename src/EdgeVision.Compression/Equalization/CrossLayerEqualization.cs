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

    /// <exception cref="CompressionException">The network cannot be run on inputs of the shapes given, or changes its answers though no pair alone does.</exception>
    public static EqualizationReport Apply(OnnxModel cleaned, EqualizationOptions? options = null)
    {
        options ??= new EqualizationOptions();
        var clips = options.ReplaceClip ? ClipReplacement.Apply(cleaned.Graph) : [];
        var pairs = ChannelPairs.Of(cleaned.Graph);
        if (pairs.Count == 0)
        {
            return new EqualizationReport([], [], 0, 1, 1, 0, clips);
        }

        var check = CheckOf(cleaned, options);
        var before = pairs.Max(pair => pair.Ratio());
        var (rounds, error) = Try(cleaned, check, pairs, options);
        IReadOnlyList<ChannelPair> kept = pairs;
        if (!(error <= MaxError))
        {
            kept = [.. pairs.Where(pair => Try(cleaned, check, [pair], options).Error <= MaxError)];
            Reset(pairs);
            (rounds, error) = kept.Count > 0 ? Try(cleaned, check, kept, options) : (0, 0);
        }

        return error <= MaxError
            ? new EqualizationReport([.. kept.Select(pair => pair.Described)], [.. pairs.Except(kept).Select(pair => pair.Described)], rounds, before, pairs.Max(pair => pair.Ratio()), error, clips)
            : throw Changed(pairs, error);
    }

    private static (int Rounds, double Error) Try(OnnxModel model, FunctionCheck check, IReadOnlyList<ChannelPair> pairs, EqualizationOptions options)
    {
        Reset(pairs);
        var rounds = 0;
        for (var change = double.MaxValue; change > options.Tolerance && rounds < options.MaxRounds; rounds++)
        {
            change = pairs.Max(pair => pair.Equalize());
        }

        Write(pairs);
        return (rounds, check.ErrorOf(model.Save()));
    }

    private static void Reset(IEnumerable<ChannelPair> pairs)
    {
        foreach (var layer in pairs.SelectMany(pair => pair.Layers))
        {
            layer.Reset();
        }

        Write(pairs);
    }

    private static void Write(IEnumerable<ChannelPair> pairs)
    {
        foreach (var layer in pairs.SelectMany(pair => pair.Layers).Distinct())
        {
            layer.Write();
        }
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

    private static CompressionException Changed(IReadOnlyList<ChannelPair> pairs, double error)
    {
        var first = pairs[0].First.Node;
        return new CompressionException(
            $"Equalization changed the answers by {error:0.0e0} of their magnitude, though {OnnxNode.Describe(first)} and each of {pairs.Count} pairs alone does not. This is a fault of the program: leave equalization out for this network, and report it.");
    }
}
