using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>From a package with a float network to a package of small variants, with the proof that they still see.</summary>
/// <remarks>
/// <code>
/// 1  open      the package and both data sets; a network that is quantized already is refused
/// 2  clean     what a trained file carries along is folded or taken out
/// 3  look      at the calibration pictures: those that do not decode, are black or come twice are named
/// 4  calibrate once, with the pictures as the device would feed them; before it channels are equalized, where that brings 8 bits nearer to float
/// 5  search    every form that the target asks for: recipes by nearness to float, the nearest few by the metric, float islands where too much is lost
/// 6  time      all variants and the float network in turns; beside it stands what ONNX Runtime makes of each
/// 7  golden    pictures with the chosen variant's answers, on which all variants agree
/// 8  report    figures, plots, and the pictures on which the two disagree most
/// 9  package   all variants within the limit, the best by the objective first; nothing is left where it is stopped
/// </code>
/// What is expensive is kept in the folder <c>OUT.work</c>: the same request after a stop goes on where it was. The same request gives the same networks; only times differ.
/// One thread calls; ONNX Runtime uses one thread but for the second latency figure.
/// </remarks>
public sealed class ModelCompressor : IDisposable
{
    // What samples held in memory may take.
    private const long SampleBytes = 48L << 20;
    private const int Samples = 48;

    // Pictures whose answers tell recipes apart.
    private const int Asked = 40;

    private readonly CompressionRequest _request;
    private readonly StepProgress _steps;
    private readonly CancellationToken _stop;
    private readonly WorkFolder _work;
    private readonly FloatSubject _subject;
    private readonly EvaluationBench _bench;
    private readonly EvaluationBench _answers;

    private ModelCompressor(CompressionRequest request, IProgress<CompressionStep>? progress, CancellationToken stop)
    {
        (_request, _stop) = (request, stop);
        _steps = new StepProgress(progress, stop).Begin(1, "open the package and the data sets");
        _subject = FloatSubject.Open(request.Model);
        var given = request.EvaluationNames;
        var dataset = Dataset.Open(request.Evaluation, DatasetOptions.For(_subject.Package) with { Limit = request.EvaluationLimit ?? 0, Pictures = given.Pictures, ClassNames = given.ClassNames, Aliases = given.Aliases });
        _work = new WorkFolder(WorkFolderOf(request.Output), request.Fresh, stop);
        _bench = new EvaluationBench(_subject, dataset, _work);
        _answers = new EvaluationBench(_subject, Dataset.Open(request.Calibration, new DatasetOptions { PicturesOnly = true, Limit = Math.Min(Asked, request.CalibrationLimit) }), _work, maxUnreadable: 1);
    }

    /// <summary>Where what is expensive is kept.</summary>
    public static string WorkFolderOf(string output) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)) + ".work";

    /// <exception cref="CompressionException">A wish that cannot be met, or data that nothing can be measured on.</exception>
    /// <exception cref="PackageException">No such package.</exception>
    /// <exception cref="Onnx.OnnxException">Not a network.</exception>
    /// <exception cref="Inference.InferenceException">A network that ONNX Runtime refuses.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what was found out is kept in the work folder.</exception>
    public static CompressionResult Compress(CompressionRequest request, IProgress<CompressionStep>? progress = null, CancellationToken stop = default)
    {
        RequestRules.Check(request);
        using var compressor = new ModelCompressor(request, progress, stop);
        return compressor.Run();
    }

    public void Dispose()
    {
        _bench.Dispose();
        _answers.Dispose();
    }

    private CompressionResult Run()
    {
        _steps.Begin(2, "clean the network");
        var cleaned = PreparedNetwork.Clean(_subject);

        _steps.Begin(3, "look at the calibration pictures");
        using var pictures = CalibrationPictures.Open(_request.Calibration, _subject.Manifest, _request.CalibrationLimit, _steps, _stop);
        string[] overlap = [.. pictures.WarnOfOverlap(_bench.Dataset.Items, _stop)];
        var samples = pictures.Some(Samples, SampleBytes);

        _steps.Begin(4, "equalize channels");
        var prepared = _request.Quick ? cleaned : new EqualizationTrial(_work, samples).Better(cleaned, cleaned.Equalize(_subject), _stop);

        _steps.Begin(4, $"calibrate on {PageText.Plural(pictures.Count, "picture")}");
        var ground = new QuantizationGround(prepared, Calibrate(prepared, pictures), samples, _work);

        _steps.Begin(5, $"measure the float network on {PageText.Plural(_bench.Dataset.Items.Count, "picture")}");
        var before = _bench.Evaluate(_subject.Onnx, FloatSubject.Variant, _steps, _stop);
        _steps.Begin(5, "search the best small networks");
        var search = new VariantSearch(_request, ground, _bench, _answers, before, (recipe, form) => new LayerSuspicion(ground, _work).Measure(recipe, form, [], null, _stop));
        var variants = search.Run(_steps, _stop);

        _steps.Begin(5, "ask each layer how much it suffers");
        var kept = variants.FirstOrDefault(variant => variant.Quantized is not null)?.FloatNodes ?? [];
        var layers = search.IsQuantized && !_request.Quick ? new LayerSuspicion(ground, _work).Measure(search.Best, search.Form, kept, _steps, _stop) : [];

        _steps.Begin(6, "take the time of every variant");
        var latencies = LatencyTable.Measure(_subject, variants, _request.Threads, _steps, _stop);
        var findings = new SearchFindings
        {
            Request = _request, Subject = _subject, Prepared = prepared, Pictures = pictures, Ground = ground, Bench = _bench, Before = before, Latencies = latencies,
            Accepted = [.. variants.Where(variant => variant.Drop <= _request.MaxDrop).OrderBy(Preference(latencies))],
            Refused = [.. variants.Where(variant => !(variant.Drop <= _request.MaxDrop))],
            Candidates = search.Candidates,
            Layers = layers,
            RangeRule = search.Best.Range,
            Warnings = [.. pictures.Warnings, .. overlap, .. _bench.Dataset.Warnings, .. before.Unreadable.Select(reason => $"left out of the evaluation: {reason}"), .. search.Warnings, .. NoneIsFaster(variants, latencies)],
        };
        return Finish(findings);
    }

    private CompressionResult Finish(SearchFindings findings)
    {
        _steps.Begin(7, "choose golden pictures");
        var golden = findings.Accepted.Count == 0 ? null
            : GoldenSelection.Choose(_bench, [.. findings.Accepted.Select(variant => (variant.Onnx, variant.Kind)), (_subject.Onnx, FloatSubject.Variant)], _steps, _stop);

        _steps.Begin(8, "write the report");
        var report = ReportAssembly.Of(findings);

        _steps.Begin(9, $"write {_request.Output}");
        _stop.ThrowIfCancellationRequested();
        PackagePublisher.Publish(findings, ReportJson.Write(report), ReportPage.Write(report), golden);
        _steps.End();
        return new CompressionResult(report.Holds ? CompressionOutcome.Compressed : CompressionOutcome.NothingGoodEnough, report, Path.Combine(_request.Output, ReportFiles.Folder));
    }

    private CalibrationData Calibrate(PreparedNetwork prepared, CalibrationPictures pictures)
    {
        var model = prepared.Open();
        string[] values = [.. new[] { QuantizationForm.CpuU8S8, QuantizationForm.TensorRtS8S8 }.SelectMany(form => QdqQuantizer.ValuesToCalibrate(model, new QuantizationOptions { Form = form })).Distinct()];
        return CalibrationData.Read(_work.Get("calibration", [prepared.Digest, pictures.Digest, .. values], () => Calibrator.Collect(prepared.Onnx, _subject.Name, values, pictures, null, _steps, _stop).Save()));
    }

    private IEnumerable<string> NoneIsFaster(IReadOnlyList<TriedVariant> variants, IReadOnlyDictionary<string, IReadOnlyList<LatencyReport>> latencies)
    {
        if (_request.Objective == CompressionObjective.Fastest && variants.All(variant => latencies[variant.Kind][0].Least >= latencies[variant.Kind][0].Fp32Least))
        {
            yield return "no variant is faster than the float network on this machine: what is chosen is smaller, not faster";
        }
    }

    private Func<TriedVariant, double> Preference(IReadOnlyDictionary<string, IReadOnlyList<LatencyReport>> latencies) => _request.Objective == CompressionObjective.Fastest
        ? variant => latencies[variant.Kind][0].Least
        : variant => variant.Onnx.Length;
}
