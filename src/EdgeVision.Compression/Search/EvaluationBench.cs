using System.Text.Json;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>Networks measured on the evaluation pictures as the device would run them: packaged, loaded, decoded. Each network once, even across runs.</summary>
/// <remarks>Pictures of which nothing is known are measured by agreement with the float network. One thread.</remarks>
internal sealed class EvaluationBench : IDisposable
{
    private const string NetworkName = "model.onnx", GoldenName = "golden.bin";

    private readonly FloatSubject _subject;
    private readonly WorkFolder _work;
    private readonly string _fingerprint;
    private readonly double _maxUnreadable;

    /// <param name="maxUnreadable">Share of pictures that need not be readable.</param>
    public EvaluationBench(FloatSubject subject, Dataset dataset, WorkFolder work, double maxUnreadable = 0.01)
    {
        (_subject, Dataset, _work, _maxUnreadable) = (subject, dataset, work, maxUnreadable);
        // What an answer follows from besides the network: pre-processing, decoder and labels, all of which the package's digest covers.
        // Whether truth is known counts too: the same pictures may be asked for agreement.
        _fingerprint = $"{subject.Package.Digest} {dataset.Digest} {dataset.Items.Count} {dataset.Kind}";
    }

    public Dataset Dataset { get; }

    public Evaluation Evaluate(byte[] onnx, string variant, IProgress<double>? progress, CancellationToken stop)
    {
        var json = _work.Get("evaluation", [WorkFolder.DigestOf(onnx), variant, _fingerprint], () => JsonSerializer.SerializeToUtf8Bytes(Measure(onnx, variant, progress, stop), SearchJson.Default.Evaluation));
        progress?.Report(1);
        return JsonSerializer.Deserialize(json, SearchJson.Default.Evaluation)!;
    }

    /// <summary>The network as the only one of a package in the work folder.</summary>
    public DraftDirectory Package(byte[] onnx, string variant, out ModelPackage package, GoldenSet? golden = null)
    {
        var contents = Labels().ToDictionary(file => file.Name, _subject.Package.Read, StringComparer.Ordinal);
        var files = new List<ManifestFile>(Labels()) { new("model", NetworkName, 0, "") { Variant = variant } };
        contents[NetworkName] = onnx;
        if (golden is not null)
        {
            files.Add(new ManifestFile(GoldenSet.Role, GoldenName, 0, ""));
            contents[GoldenName] = golden.Write();
        }

        var draft = new DraftDirectory(Path.Combine(_work.Path, "trial"));
        try
        {
            package = PackageWriter.Write(draft.Path, _subject.Manifest with { Files = files, Onnx = null, Gates = GoldenSelection.Gates(_subject.Manifest.Gates) }, contents);
            return draft;
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    public void Dispose() => Dataset.Dispose();

    private IEnumerable<ManifestFile> Labels() => _subject.Manifest.Files.Where(file => file.Role == "labels");

    private Evaluation Measure(byte[] onnx, string variant, IProgress<double>? progress, CancellationToken stop)
    {
        using var draft = Package(onnx, variant, out var package);
        using var model = Evaluator.Load(package, Dataset.Kind);
        using var reference = Dataset.Kind == DatasetKind.Pictures ? Evaluator.Load(_subject.Package, Dataset.Kind) : null;
        return Evaluator.Evaluate(model, Dataset, new EvaluationOptions { Reference = reference, MaxUnreadable = _maxUnreadable }, progress, stop);
    }
}
