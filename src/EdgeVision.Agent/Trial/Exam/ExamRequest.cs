namespace EdgeVision.Agent;

/// <summary>What the examining process is told, and all it is told: a package and how networks are run on this device. No configuration, no key, no hub.</summary>
/// <param name="Directory">Of the package.</param>
/// <param name="Digest">The package's; another one in the directory is refused.</param>
/// <param name="Variant">The one to examine; null where the package has no names for its forms.</param>
/// <param name="MemoryMiB">More than this for the model, and the process ends.</param>
/// <param name="Seconds">Of processor time, for each thread.</param>
/// <param name="Parent">Ends with this process.</param>
internal sealed record ExamRequest(string Directory, string Digest, string? Variant, int MemoryMiB, int Seconds, int Parent)
{
    public int Threads { get; init; } = 1;

    public bool Spinning { get; init; }

    public IReadOnlyList<string> Providers { get; init; } = [];

    public string? Require { get; init; }

    public bool AllowDegraded { get; init; }

    public string? NativeLibrary { get; init; }
}
