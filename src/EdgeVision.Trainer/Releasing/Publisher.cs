using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Trainer;

/// <summary>The signed repository that releases go to.</summary>
internal static class Publisher
{
    /// <summary>Version and counter of the next release of a model: 1.0.0 and 1, or one after the last of the repository, or after the one in service.</summary>
    public static (string Version, long Counter) Next(ReleaseRequest request, ModelPackage? serving)
    {
        var released = request.Repository is { } repository && RepositoryWriter.Exists(repository) ? LastOf(repository, request.Name) : null;
        var served = serving?.Manifest.Model == request.Name ? serving.Manifest : null;
        var last = new[] { (released?.Version, Counter: released?.Counter ?? 0), (served?.Version, Counter: served?.Counter ?? 0) }.MaxBy(each => each.Counter);
        return (request.Version ?? (last.Version is null ? "1.0.0" : Raised(last.Version)), last.Counter + 1);
    }

    /// <returns>Whether devices see it; otherwise it waits for signatures of keys that are not here.</returns>
    /// <param name="warn">Told what whoever uses development keys must be told.</param>
    public static bool Publish(string repository, string? keys, ModelPackage package, Action<string> warn)
    {
        var folder = keys ?? KeyRing.FolderBeside(repository);
        using var writer = RepositoryWriter.Exists(repository) ? RepositoryWriter.Open(repository, TimeProvider.System) : RepositoryWriter.Create(repository, () =>
        {
            warn(DevelopmentKeys.Warning(folder));
            return DevelopmentKeys.Make(folder);
        }, TimeProvider.System);
        using var ring = new KeyRing().AddFolder(folder, KeyRing.Passphrase);
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
