using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Trainer;

/// <summary>The signed repository that releases go to.</summary>
internal static class Publisher
{
    /// <summary>Version and counter of the next release of a model: 1.0.0 and 1, or one after the last.</summary>
    /// <param name="version">Wanted; null = the last number one higher.</param>
    public static (string Version, long Counter) Next(string? repository, string model, string? version)
    {
        var last = repository is not null && RepositoryWriter.Exists(repository) ? LastOf(repository, model) : null;
        return (version ?? (last is null ? "1.0.0" : Raised(last.Version)), (last?.Counter ?? 0) + 1);
    }

    /// <returns>Whether devices see it; otherwise it waits for signatures of keys that are not here.</returns>
    /// <param name="warn">Told what whoever uses development keys must be told.</param>
    public static bool Publish(string repository, string? keys, ModelPackage package, Action<string> warn)
    {
        var folder = keys ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository)) + ".keys";
        using var writer = RepositoryWriter.Exists(repository) ? RepositoryWriter.Open(repository, TimeProvider.System) : RepositoryWriter.Create(repository, () =>
        {
            warn(DevelopmentKeys.Warning(folder));
            return DevelopmentKeys.Make(folder);
        }, TimeProvider.System);
        var passphrase = Environment.GetEnvironmentVariable(KeyRing.PassphraseVariable);
        using var ring = new KeyRing().AddFolder(folder, string.IsNullOrEmpty(passphrase) ? null : passphrase);
        writer.Add(package);
        writer.Sign(ring);
        var outcome = writer.Publish(ring);
        return outcome.Waiting.Count == 0 && !outcome.NeedsOnlineKeys;
    }

    private static RepositoryRelease? LastOf(string repository, string model)
    {
        using var writer = RepositoryWriter.Open(repository, TimeProvider.System);
        return writer.Releases.Where(release => release.Model == model).MaxBy(release => release.Counter);
    }

    private static string Raised(string version)
    {
        var dot = version.LastIndexOf('.');
        return int.TryParse(version[(dot + 1)..], out var last) ? $"{version[..(dot + 1)]}{last + 1}"
            : throw new TrainerException($"After version {version} nothing follows by itself: give --version.");
    }
}
