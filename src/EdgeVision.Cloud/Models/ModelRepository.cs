using EdgeVision.Cloud.Storage;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Cloud.Models;

/// <summary>The site's TUF repository, <c>models/</c>: what was published, signed with the keys in <c>trust/</c> or with those of people elsewhere.</summary>
internal sealed class ModelRepository(DataDirectory directory, ReleaseStore releases, TimeProvider time)
{
    /// <summary>Relative to the repository's address, and below <c>models/</c> on disk.</summary>
    public const string ObjectsPath = "objects/sha256";

    /// <summary>Checks a package, takes it in, signs and publishes it: a release that is listed as published can be fetched and is believed.</summary>
    /// <exception cref="PackageException">The package is not whole.</exception>
    /// <exception cref="CloudException">The version was published before with other contents, or the keys that sign are elsewhere.</exception>
    /// <exception cref="RepositoryException">A rule of the repository.</exception>
    public Release Publish(string packageDirectory)
    {
        var package = ModelPackage.Open(packageDirectory);
        var model = package.Manifest.Model;
        Make();
        using var ring = new KeyRing().AddFolder(directory.Trust);
        using var repository = RepositoryWriter.Open(directory.Models, time);
        if (repository.Releases.FirstOrDefault(other => other.Model == model && other.Version == package.Manifest.Version) is null && !repository.CanRelease(model, ring))
        {
            throw new CloudException(
                $"The keys that sign {model} are not in {directory.Trust}, so this hub cannot release it. Where they are: edgevision repo add {directory.Models} {packageDirectory}, then each holder: edgevision repo sign {directory.Models} --key FILE");
        }

        TakeOver(repository, ring);
        var release = Release.Of(repository.Add(package));
        repository.Sign(ring);
        repository.Publish(ring);
        RequireSame(release, releases.Add(release, time.GetUtcNow()));
        return release;
    }

    /// <summary>What is in the repository, and below it what was published before it was signed and is not taken over yet.</summary>
    public IReadOnlyList<RepositoryRelease> All()
    {
        var signed = RepositoryWriter.Exists(directory.Models) ? RepositoryStatus.Read(directory.Models, time).Releases : [];
        var unsigned = releases.All().Where(release => !signed.Any(other => other.Model == release.Model && other.Version == release.Version));
        return [.. signed, .. unsigned.Select(release => new RepositoryRelease(release.Model, release.Version, release.Counter, release.ManifestSha256, release.ManifestSize, IsPublished: false))];
    }

    /// <summary>A release that a device would take.</summary>
    /// <exception cref="CloudException">There is none, or it waits for signatures, or it is revoked.</exception>
    public Release Require(string model, string version) => All().FirstOrDefault(release => release.Model == model && release.Version == version) switch
    {
        null => throw new CloudException($"{model} {version} is not published. See: edgevision-cloud model list, and publish it with: edgevision-cloud model publish PACKAGE_DIR"),
        { IsRevoked: true } => throw new CloudException($"{model} {version} is revoked: no device takes it. Roll out another version; see: edgevision-cloud model list"),
        { IsPublished: false } => throw new CloudException($"{model} {version} is not signed, so no device would take it. See what it waits for: edgevision repo status {directory.Models}; or publish it again: edgevision-cloud model publish PACKAGE_DIR"),
        { } release => Release.Of(release),
    };

    /// <summary>The root that a new device is to trust. Makes a repository where there is none.</summary>
    /// <returns>Null while a repository of other people's keys waits for its first signatures.</returns>
    public string? RootFile()
    {
        Make();
        return RepositoryWriter.RootFile(directory.Models);
    }

    /// <summary>Publishes what is signed and renews what is due, as far as the keys are here.</summary>
    /// <returns>Null where there is no repository.</returns>
    public PublishOutcome? Renew()
    {
        if (!RepositoryWriter.Exists(directory.Models))
        {
            return null;
        }

        using var ring = new KeyRing().AddFolder(directory.Trust);
        using var repository = RepositoryWriter.Open(directory.Models, time);
        return repository.Publish(ring);
    }

    /// <returns>Null where there is no repository.</returns>
    public RepositoryStatus? Status() => RepositoryWriter.Exists(directory.Models) ? RepositoryStatus.Read(directory.Models, time) : null;

    /// <returns>Null when there is no such object.</returns>
    public string? Find(string digest)
    {
        var isDigest = digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower);
        var path = isDigest ? Path.Combine(directory.Models, ObjectsPath, digest[..2], digest) : "";
        return File.Exists(path) ? path : null;
    }

    // Nobody has to learn of keys before the first model runs; whoever wants them held apart makes the repository himself, before this.
    private void Make()
    {
        if (RepositoryWriter.Exists(directory.Models))
        {
            return;
        }

        try
        {
            using var repository = RepositoryWriter.Create(directory.Models, () => DevelopmentKeys.Make(directory.Trust), time);
            using var ring = new KeyRing().AddFolder(directory.Trust);
            repository.Sign(ring);
            repository.Publish(ring);
            Console.Error.WriteLine($"edgevision-cloud: {DevelopmentKeys.Warning(directory.Trust)}");
        }
        catch (RepositoryException) when (RepositoryWriter.Exists(directory.Models))
        {
            // Another command was faster.
        }
    }

    // What was published before releases were signed.
    private void TakeOver(RepositoryWriter repository, KeyRing ring)
    {
        foreach (var release in releases.All().Where(release => repository.CanRelease(release.Model, ring)))
        {
            repository.TakeOver(release.ManifestSha256);
        }
    }

    private static void RequireSame(Release wanted, Release there)
    {
        if (wanted.ManifestSha256 != there.ManifestSha256)
        {
            throw new CloudException(
                $"{wanted.Model} {wanted.Version} is already published with manifest sha256:{there.ManifestSha256}; this package has sha256:{wanted.ManifestSha256}. "
                + "A version is one package for ever: give the new one another version.");
        }
    }
}
