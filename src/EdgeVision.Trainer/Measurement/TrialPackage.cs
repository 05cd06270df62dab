using EdgeVision.Compression;
using EdgeVision.Packaging;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Measurement;

/// <summary>A run's network packaged as a device gets it, in a temporary folder that goes with it, so that it is judged by the device's own preparation, runtime and decoder.</summary>
internal sealed class TrialPackage : IDisposable
{
    // As many classes as a manifest lets a classifier name.
    private const int MostAnswers = 1_000;

    private readonly string _folder;

    private TrialPackage(string folder, ModelPackage package) => (_folder, Package) = (folder, package);

    public ModelPackage Package { get; }

    /// <summary>Null where the device's answers cannot be held against what the set knows.</summary>
    /// <exception cref="EdgeVision.Inference.InferenceException">The device would not load it.</exception>
    public static TrialPackage? Of(RunFolder folder, RunDescription run)
    {
        var draft = RunPackage.DraftOf(folder.Onnx, run);
        var decode = RunPackage.DecodeOf(run.Kind) with { TopK = Math.Clamp(run.Classes.Count, 1, MostAnswers) };
        var manifest = draft.Describe("trial", "0.0.0", 0, RunPackage.PreprocessOf(run.Input), decode, like: null);
        return (run.Kind, manifest.Io.Outputs[0].Shape.Count) is (DatasetKind.Classes, 2) or (DatasetKind.Boxes, 3) ? Write(draft, manifest) : null;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TrialPackage Write(NetworkPackage draft, Manifest manifest)
    {
        var folder = Directory.CreateTempSubdirectory("edgevision-").FullName;
        try
        {
            return new TrialPackage(folder, draft.Write(Path.Combine(folder, "package"), manifest));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
