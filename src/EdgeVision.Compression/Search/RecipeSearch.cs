namespace EdgeVision.Compression;

/// <summary>The best way to 8 bits of one form, by successive narrowing: all recipes by nearness to the float outputs on some samples, the nearest few by the answers to calibration pictures too, the best of these by the real metric on every evaluation picture.</summary>
/// <remarks>
/// Where the best loses more than allowed, layers go back to floats until it does not, those first that harm the outputs most when they alone are in 8 bits; one step more is taken where the answers gain by it.
/// Recipes are ranked again at each step, because the one that saves most of a badly ranged layer is not the best once that layer is in floats.
/// Among recipes within the limit the nearest to float wins, not the one with most right answers: below a point the metric on some hundred pictures is noise. One thread.
/// </remarks>
internal sealed class RecipeSearch(
    QuantizationGround ground, QuantizationForm form, Func<byte[], string, (Evaluation Evaluation, PairedResult Against)> measure, Func<byte[], string, double> agreement, double maxDrop, bool correctsBias)
{
    private const int RulesCorrected = 3;
    private const int Finalists = 3;
    private const int Asked = 4;
    private const double WorthAStep = 0.02; // of the answers

    // How many layers are in floats, step by step: those that harm most are few and stand together, as the first three of YOLOX. Where hardly a layer bears 8 bits, as in FastestDet, almost all are.
    private static readonly int[] Steps = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    private readonly List<CandidateReport> _tried = [];

    /// <summary>Everything that was tried, best first.</summary>
    public IReadOnlyList<CandidateReport> Tried => [.. _tried.OrderByDescending(candidate => candidate.Drop.HasValue).ThenByDescending(candidate => candidate.Sqnr)];

    /// <summary>The recipe that was taken.</summary>
    public QuantizationRecipe Best { get; private set; } = new(new RangeRule());

    public static string VariantOf(QuantizationForm form) => form switch
    {
        QuantizationForm.CpuU8S8 => "int8-cpu-u8s8",
        QuantizationForm.TensorRtS8S8 => "int8-tensorrt-s8s8",
        _ => "int8-cpu-s8s8",
    };

    private IEnumerable<QuantizationRecipe> Plain => QuantizationRecipe.Rules.Select(rule => new QuantizationRecipe(rule, ground.Network.IsEqualized));

    /// <param name="finalists">How many are measured on every evaluation picture.</param>
    /// <param name="suspects">Nodes, most suspicious first; asked for only when too much is lost.</param>
    public TriedVariant Search(int finalists, Func<QuantizationRecipe, IEnumerable<string>> suspects, IProgress<double>? progress, CancellationToken stop)
    {
        var measured = new List<(QuantizedCandidate Candidate, TriedVariant Variant)>();
        foreach (var candidate in Rank(progress, stop).Take(Math.Min(finalists, Finalists)))
        {
            measured.Add((candidate, Measure(candidate.Recipe, candidate.Network, candidate.Sqnr)));
            progress?.Report(0.4 + (0.3 * measured.Count / finalists));
        }

        var best = measured.Where(each => each.Variant.Drop <= maxDrop).DefaultIfEmpty(measured.MinBy(each => each.Variant.Drop)).MaxBy(each => each.Candidate.Nearness);
        Best = best.Candidate.Recipe;
        return best.Variant.Drop <= maxDrop ? best.Variant : GiveBack(best.Variant, suspects(best.Candidate.Recipe), stop);
    }

    private IEnumerable<QuantizedCandidate> Rank(IProgress<double>? progress, CancellationToken stop)
    {
        var plain = Try(Plain, Nothing, stop);
        progress?.Report(0.2);
        var corrected = Try(plain.Take(correctsBias ? RulesCorrected : 0).Select(candidate => candidate.Recipe with { CorrectsBias = true }), Nothing, stop);
        progress?.Report(0.4);
        _tried.AddRange(plain.Concat(corrected).Select(candidate => new CandidateReport(candidate.Recipe.Name, candidate.Sqnr, null, candidate.Network.Promise.FloatIslands.Count)));
        return ByAnswers(plain.Concat(corrected));
    }

    private IEnumerable<QuantizedCandidate> ByAnswers(IEnumerable<QuantizedCandidate> candidates) => candidates
        .OrderByDescending(candidate => candidate.Sqnr)
        .Take(Asked)
        .Select(candidate => candidate with { Agreement = agreement(candidate.Network.Onnx, VariantOf(form)) })
        .OrderByDescending(candidate => candidate.Nearness);

    // Two recipes may give the same network: a percentile that cuts nothing is min-max.
    private List<QuantizedCandidate> Try(IEnumerable<QuantizationRecipe> recipes, IReadOnlySet<string> kept, CancellationToken stop)
    {
        var tried = new List<QuantizedCandidate>();
        foreach (var recipe in recipes)
        {
            if (Quantize(recipe, kept, stop) is { } network)
            {
                tried.Add(new QuantizedCandidate(recipe, network, ground.SqnrOf(network.Onnx, stop)));
            }
        }

        return [.. tried.OrderByDescending(candidate => candidate.Sqnr).DistinctBy(candidate => WorkFolder.DigestOf(candidate.Network.Onnx))];
    }

    private TriedVariant Measure(QuantizationRecipe recipe, QuantizedNetwork network, double sqnr, string note = "")
    {
        var (evaluation, against) = measure(network.Onnx, VariantOf(form));
        var variant = new TriedVariant(VariantOf(form), network.Onnx, recipe.Name + note, evaluation, against, network) { FloatNodes = network.Promise.FloatIslands };
        _tried.RemoveAll(candidate => candidate.Name == variant.Recipe);
        _tried.Add(new CandidateReport(variant.Recipe, sqnr, variant.Drop, network.Promise.FloatIslands.Count));
        return variant;
    }

    private TriedVariant GiveBack(TriedVariant without, IEnumerable<string> suspects, CancellationToken stop)
    {
        var (best, agreement, ordered) = (without, 0.0, suspects.ToArray());
        foreach (var layers in Steps.TakeWhile(count => count <= ordered.Length).Select(count => ordered.Take(count).ToHashSet(StringComparer.Ordinal)))
        {
            if (WithFloat(layers, stop) is not var (nearest, variant))
            {
                break;
            }

            var (isEnough, isWorthIt) = (best.Drop <= maxDrop, nearest.Agreement > agreement + WorthAStep);
            if (isEnough ? variant.Drop <= maxDrop && isWorthIt : variant.Drop < best.Drop)
            {
                (best, Best, agreement) = (variant, nearest.Recipe, nearest.Agreement);
            }

            if (isEnough)
            {
                break;
            }
        }

        return best;
    }

    // Biases are corrected only where the limit asks for it: it takes minutes, and what it learns from the calibration pictures need not hold for others (YOLOX: 0.9 dB nearer on COCO, 4 points lost on a highway).
    private (QuantizedCandidate Candidate, TriedVariant Variant)? WithFloat(IReadOnlySet<string> layers, CancellationToken stop)
    {
        if (ByAnswers(Try(Plain, layers, stop)).FirstOrDefault() is not { } plain)
        {
            return null;
        }

        var variant = Measure(plain, layers);
        if (variant.Drop <= maxDrop || !correctsBias)
        {
            return (plain, variant);
        }

        var corrected = ByAnswers(Try([plain.Recipe with { CorrectsBias = true }], layers, stop)).First();
        var other = Measure(corrected, layers);
        return other.Drop < variant.Drop ? (corrected, other) : (plain, variant);
    }

    private TriedVariant Measure(QuantizedCandidate candidate, IReadOnlySet<string> layers) =>
        Measure(candidate.Recipe, candidate.Network, candidate.Sqnr, $", {PageText.Plural(layers.Count, "layer")} kept float");

    /// <summary>Null when nothing would be left in 8 bits: then it is the float network, and no small one.</summary>
    private QuantizedNetwork? Quantize(QuantizationRecipe recipe, IReadOnlySet<string> floatNodes, CancellationToken stop)
    {
        try
        {
            return ground.Quantize(recipe, form, new LayerIslands(ground.Network.Open().Graph).With(floatNodes), stop);
        }
        catch (CompressionException) when (floatNodes.Count > 0)
        {
            return null;
        }
    }
}
