using System.Text;
using EdgeVision.Compression;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Measurement;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer;

/// <summary>From a run that is done to a signed release.</summary>
/// <remarks>
/// <code>
/// 1  pictures  to calibrate and to choose by become folders that compression reads
/// 2  package   the float network, with what the device must know of its input and its answers
/// 3  compress  calibrated on pictures that were learnt from, chosen by those that choose
/// 4  judge     on the test pictures: the chosen variant beside its float network, and beside the package in service; a model that is worse does not leave
/// 5  card      what whoever uses it should know, into the package
/// 6  publish   signed into the repository
/// </code>
/// Stopped, the next one with the same request goes on: what is expensive lies in <c>OUT.work</c>.
/// </remarks>
internal sealed class ReleaseRun(ReleaseRequest request, Action<string, double> progress, Action<string> warn)
{
    private const int CalibrationPictures = 256, ChoosingPictures = 1_000;
    private const string FloatVariant = "fp32";

    private readonly string _work = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)) + ".work";

    /// <exception cref="TrainerException">The run is not done, the set is gone, or the classes differ from those in service.</exception>
    public ReleaseResult Run(CancellationToken stop)
    {
        var (folder, run, _) = RunFolder.OpenDone(request.Run);
        var serving = request.Against is null ? null : ModelPackage.Open(request.Against);
        var (version, counter) = Publisher.Next(request, serving);
        var data = OpenedVersion.Open(folder.Data);
        using var test = HeldOut.Of(data, run);
        var calibration = Pictures(data, run.Kind, "calibration", DataSplit.Train, CalibrationPictures, stop);
        var choosing = Pictures(data, run.Kind, "choosing", DataSplit.Validation, ChoosingPictures, stop);

        progress("package the float network", 0);
        var whole = RunPackage.Write(folder.Onnx, run, request, version, counter, Path.Combine(_work, "float"));
        var small = Compress(whole, run.Settings.Quantization is null ? null : folder.Int8, calibration, choosing, out var report, stop);
        if (small is null)
        {
            return Refused(run, version, counter, report);
        }

        var verdict = TestVerdict.Of(small, FloatVariant, serving, test, share => progress("judge on the test pictures", share), stop);
        var refusal = verdict.Refusal(request.MaxDrop, request.AtLeast);
        var result = new ReleaseResult(
            request.Name, version, counter, Package: null, Digest: null, refusal, verdict.Chosen.Metric, verdict.Chosen.Value, verdict.Chosen.Low, verdict.Chosen.High, verdict.Chosen.Count, verdict.Float.Value, verdict.Serving?.Value,
            verdict.AgainstServing, report.Variants, request.Repository, Published: false);
        return refusal is not null ? result : Leave(small, ModelCard.Write(small.Manifest, run, data.Version, verdict, report.Variants), result);
    }

    private string Pictures(OpenedVersion data, DatasetKind kind, string name, DataSplit split, int most, CancellationToken stop)
    {
        progress("write the pictures", (int)split / 2.0);
        var items = data.Version.Of(split).ToArray();
        return SplitExport.Write(data, VersionSubset.Take(items, Math.Min(most, items.Length), seed: 0), Path.Combine(_work, $"{data.Version.Digest.Split(':')[1][..12]}-{name}"), kind, stop);
    }

    private ModelPackage? Compress(ModelPackage whole, string? trained, string calibration, string choosing, out CompressionReport report, CancellationToken stop)
    {
        var output = Path.Combine(_work, "small");
        var result = ModelCompressor.Compress(new CompressionRequest
        {
            Model = whole.Directory, Trained = trained, Calibration = calibration, Evaluation = choosing, Output = output, MaxDrop = request.MaxDrop, CalibrationLimit = CalibrationPictures, Target = request.Target, Quick = request.Quick,
            Version = whole.Manifest.Version, Counter = whole.Manifest.Counter,
        }, new Steps(progress), stop);
        report = result.Report;
        return result.Outcome == CompressionOutcome.Compressed ? ModelPackage.Open(output) : null;
    }

    private ReleaseResult Refused(RunDescription run, string version, long counter, CompressionReport report)
    {
        var best = report.Rejected.MinBy(variant => variant.Drop);
        return new ReleaseResult(
            request.Name, version, counter, Package: null, Digest: null,
            FormattableString.Invariant($"no small form of it loses {request.MaxDrop} points or less of {best?.Metric}; the nearest, {best?.Kind}, loses {best?.Drop:0.00}. Raise --max-drop, or train it for 8 bits. {Path.Combine(_work, "small", ReportFiles.Folder, ReportFiles.Page)} shows why."),
            best?.Metric ?? "", best?.Value ?? 0, best?.Low ?? 0, best?.High ?? 0, 0, best?.Fp32 ?? 0, null, null, report.Rejected, request.Repository, Published: false);
    }

    private ReleaseResult Leave(ModelPackage small, string card, ReleaseResult result)
    {
        var manifest = small.Manifest with { Files = [.. small.Manifest.Files, new ManifestFile(ModelCard.Role, ModelCard.FileName, 0, "")] };
        var contents = small.Manifest.Files.ToDictionary(file => file.Name, small.Read, StringComparer.Ordinal);
        contents.Add(ModelCard.FileName, Encoding.UTF8.GetBytes(card));
        using (var draft = new DraftDirectory(request.Output))
        {
            PackageWriter.Write(draft.Path, manifest, contents);
            CopyReport(small.Directory, draft.Path);
            draft.Publish();
        }

        var package = ModelPackage.Open(request.Output);
        var isPublished = false;
        if (request.Repository is { } repository)
        {
            progress("sign and publish", 0);
            isPublished = Publisher.Publish(repository, request.Keys, package, warn);
            progress("sign and publish", 1);
        }

        return result with { Package = Path.GetFullPath(request.Output), Digest = package.Digest, Published = isPublished };
    }

    private static void CopyReport(string from, string to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(to, ReportFiles.Folder)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, ReportFiles.Folder)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private sealed class Steps(Action<string, double> progress) : IProgress<CompressionStep>
    {
        public void Report(CompressionStep value) => progress($"compress, {value.Number} of {CompressionStep.Count}: {value.What}", value.Share);
    }
}
