using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>What the examining process is told, and all it is told: a package and how networks are run on this device. No configuration, no key, no hub.</summary>
/// <param name="Manifest">Full path of the package's manifest.</param>
/// <param name="Files">Full path of each file by its name in the manifest.</param>
/// <param name="Digest">The package's; another one at that path is refused.</param>
/// <param name="Variant">The one to examine.</param>
/// <param name="MemoryMiB">More than this for the model, and the process ends.</param>
/// <param name="Seconds">Of processor time, for each thread.</param>
/// <param name="Parent">Process that it ends with.</param>
internal sealed record ExamRequest(string Manifest, IReadOnlyDictionary<string, string> Files, string Digest, string Variant, int MemoryMiB, int Seconds, int Parent)
{
    public int Threads { get; init; } = 1;

    public bool Spinning { get; init; }

    public IReadOnlyList<string> Providers { get; init; } = [];

    public string? Require { get; init; }

    public bool AllowDegraded { get; init; }

    public string? NativeLibrary { get; init; }

    /// <summary>The model in service, whose time the new one's is held against; null = there is none to compare with.</summary>
    public ExamRequest? Serving { get; init; }

    public InferenceOptions Inference => new()
    {
        Threads = Threads, Spinning = Spinning, Providers = Providers, Require = Require, AllowDegraded = AllowDegraded, NativeLibrary = NativeLibrary,
    };

    public static ExamRequest For(ModelPackage package, string variant, InferenceOptions inference, int memoryMiB, TimeSpan timeout) =>
        new(Path.GetFullPath(package.ManifestPath), package.Manifest.Files.ToDictionary(file => file.Name, file => Path.GetFullPath(package.PathOf(file))),
            package.Digest, variant, memoryMiB, (int)Math.Ceiling(timeout.TotalSeconds), Environment.ProcessId)
        {
            Threads = inference.Threads, Spinning = inference.Spinning, Providers = inference.Providers, Require = inference.Require, AllowDegraded = inference.AllowDegraded,
            NativeLibrary = inference.NativeLibrary,
        };

    /// <exception cref="PackageException">Not the package it is said to be, or it has no such variant.</exception>
    public ModelPackage Open()
    {
        var package = ModelPackage.OpenObjects(Manifest, file => Files.GetValueOrDefault(file.Name, ""));
        return package.Digest == Digest ? package.Select(Variant) : throw new PackageException($"{Manifest} is {package.Digest}, not {Digest}.");
    }
}
