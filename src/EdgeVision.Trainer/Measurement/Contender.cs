using EdgeVision.Packaging;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Measurement;

/// <summary>A model that is judged: a run, or a package in service.</summary>
internal sealed class Contender : IDisposable
{
    private readonly TrialPackage? _trial;

    private Contender(string name, ModelPackage package, TrialPackage? trial = null, DatasetVersion? data = null) => (Name, Package, _trial, Data) = (name, package, trial, data);

    public string Name { get; }

    public ModelPackage Package { get; }

    public IReadOnlyList<string> Classes => Package.ReadLabels();

    /// <summary>What it was made from; null of a package.</summary>
    public DatasetVersion? Data { get; }

    /// <summary>What it calls the classes of sets, theirs first; empty of a package.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; private init; } = new Dictionary<string, string>();

    /// <exception cref="TrainerException">A run that is not done, or whose answers cannot be judged.</exception>
    /// <exception cref="PackageException">Neither a run nor a package.</exception>
    public static Contender Open(string path)
    {
        if (!RunFolder.Exists(path))
        {
            var package = ModelPackage.Open(path);
            return new Contender($"{package.Manifest.Model} {package.Manifest.Version}", package);
        }

        var (folder, run, _) = RunFolder.OpenDone(path);
        var trial = TrialPackage.Of(folder, run) ?? throw new TrainerException($"{path}: the device has no decoder whose answers could be held against {run.Kind}. What it measured itself is in result.json.");
        return new Contender(path, trial.Package, trial, VersionJson.Read(folder.Data)) { Aliases = run.Settings.Data.Aliases };
    }

    /// <summary>How many of the pictures it learnt from, as far as anybody knows.</summary>
    public int LearntOf(IEnumerable<VersionItem> pictures)
    {
        var known = (Data?.Of(DataSplit.Train) ?? []).Select(item => item.Sha256).ToHashSet(StringComparer.Ordinal);
        return pictures.Count(item => known.Contains(item.Sha256));
    }

    public void Dispose() => _trial?.Dispose();
}
