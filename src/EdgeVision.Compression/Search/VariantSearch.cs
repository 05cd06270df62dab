using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Every form of the network that a target asks for, each made as well as it can be and measured on the evaluation pictures.</summary>
internal sealed class VariantSearch(CompressionRequest request, QuantizationGround ground, EvaluationBench bench, EvaluationBench answers, Evaluation before, Func<QuantizationRecipe, QuantizationForm, IReadOnlyList<LayerReport>> layersOf)
{
    private const string TrainedVariant = "int8-trained";

    private const int CpuFinalists = 3, OtherFinalists = 1;

    private readonly List<CandidateReport> _candidates = [];
    private readonly List<string> _warnings = [];

    /// <summary>Everything that was tried for the CPU, best first; for TensorRT where the CPU was not asked for.</summary>
    public IReadOnlyList<CandidateReport> Candidates => _candidates;

    /// <summary>Forms that could not be made.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Of the first form that was searched; min-max where none was.</summary>
    public QuantizationRecipe Best { get; private set; } = new(new RangeRule());

    public QuantizationForm Form { get; private set; }

    /// <summary>Whether any form in 8 bits was searched.</summary>
    public bool IsQuantized => _candidates.Count > 0;

    public IReadOnlyList<TriedVariant> Run(IProgress<double> progress, CancellationToken stop)
    {
        var makers = Makers(stop).ToArray();
        var variants = new List<TriedVariant>();
        for (var i = 0; i < makers.Length; i++)
        {
            var part = new PartProgress(progress, (double)i / makers.Length, 1.0 / makers.Length);
            if (Make(makers[i], part) is { } variant)
            {
                variants.Add(variant);
            }
        }

        return variants;
    }

    private IEnumerable<Func<IProgress<double>, TriedVariant>> Makers(CancellationToken stop)
    {
        if (request.Trained is { } trained)
        {
            yield return progress => Ready(TrainedVariant, LimitedFile.Read(trained), "learnt for 8 bits", [], progress, stop);
        }

        if (request.Target is CompressionTarget.Cpu or CompressionTarget.Auto)
        {
            yield return progress => Quantized(QuantizationForm.CpuU8S8, CpuFinalists, progress, stop);
        }

        if (request.Target is CompressionTarget.TensorRt or CompressionTarget.Auto)
        {
            yield return progress => Quantized(QuantizationForm.TensorRtS8S8, OtherFinalists, progress, stop);
        }

        if (request.Target is CompressionTarget.HalfPrecision or CompressionTarget.Auto)
        {
            yield return progress => Half(progress, stop);
        }

        if (request.Target is CompressionTarget.WeightOnly or CompressionTarget.Auto)
        {
            yield return progress => Ready(WeightOnlyQuantizer.Variant, WeightOnlyQuantizer.Quantize(ground.Network.Open()), "weights in 8 bits, computed in floats", [], progress, stop);
        }
    }

    // A form that this network has not is an error only for who asked for it by name.
    private TriedVariant? Make(Func<IProgress<double>, TriedVariant> maker, IProgress<double> progress)
    {
        try
        {
            return maker(progress);
        }
        catch (Exception exception) when (request.Target == CompressionTarget.Auto && exception is CompressionException or InferenceException)
        {
            _warnings.Add($"a variant was left out: {exception.Message}");
            return null;
        }
    }

    private TriedVariant Quantized(QuantizationForm form, int finalists, IProgress<double> progress, CancellationToken stop)
    {
        var search = new RecipeSearch(
            ground, form, (onnx, variant) => Measure(onnx, variant, null, stop), (onnx, variant) => answers.Evaluate(onnx, variant, null, stop).Value, request.MaxDrop, !request.Quick);
        var found = search.Search(finalists, recipe => layersOf(recipe, form).Select(layer => layer.Node), progress, stop);
        if (_candidates.Count == 0)
        {
            (Best, Form) = (search.Best, form);
            _candidates.AddRange(search.Tried);
        }

        // What TensorRT will make of its form no CPU can tell.
        return form == QuantizationForm.TensorRtS8S8 ? found : found with { Fusion = FusionCheck.Check(found.Quantized!, found.Kind) };
    }

    private TriedVariant Half(IProgress<double> progress, CancellationToken stop)
    {
        var half = HalfPrecision.Convert(ground.Network.Open(), ground.Calibration);
        return Ready(HalfPrecision.Variant, half.Onnx, "half precision", half.FloatNodes, progress, stop);
    }

    private TriedVariant Ready(string kind, byte[] onnx, string recipe, IReadOnlyList<string> floatNodes, IProgress<double> progress, CancellationToken stop)
    {
        var (evaluation, against) = Measure(onnx, kind, progress, stop);
        return new TriedVariant(kind, onnx, recipe, evaluation, against, null) { FloatNodes = floatNodes };
    }

    private (Evaluation Evaluation, PairedResult Against) Measure(byte[] onnx, string variant, IProgress<double>? progress, CancellationToken stop)
    {
        var evaluation = bench.Evaluate(onnx, variant, progress, stop);
        return (evaluation, PairedComparison.Of(before, evaluation));
    }
}
