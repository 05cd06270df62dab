using System.Security.Cryptography;
using EdgeVision.Cloud.Storage;
using EdgeVision.Packaging;

namespace EdgeVision.Cloud.Models;

/// <summary>Files of published packages, each under its own digest: <c>models/objects/sha256/ab/ab12...</c>. Nothing here is ever changed or overwritten.</summary>
internal sealed class ModelRepository(DataDirectory directory, ReleaseStore releases, TimeProvider time)
{
    /// <summary>Relative to the repository's address, and below <c>models/</c> on disk.</summary>
    public const string ObjectsPath = "objects/sha256";

    /// <summary>Checks a package and takes it in whole, then records it: a release that is listed can be fetched.</summary>
    /// <exception cref="PackageException">The package is not whole.</exception>
    /// <exception cref="CloudException">The version was published before with other contents.</exception>
    public Release Publish(string packageDirectory)
    {
        var package = ModelPackage.Open(packageDirectory);
        var manifestFile = Path.Combine(packageDirectory, ModelPackage.ManifestName);
        var digest = package.Digest["sha256:".Length..];
        var release = new Release(package.Manifest.Model, package.Manifest.Version, package.Manifest.Counter, digest, new FileInfo(manifestFile).Length);
        RequireSame(release, releases.Find(release.Model, release.Version) ?? release);
        foreach (var file in package.Manifest.Files)
        {
            Take(Path.Combine(packageDirectory, file.Name), file.Sha256);
        }

        Take(manifestFile, digest);
        RequireSame(release, releases.Add(release, time.GetUtcNow()));
        return release;
    }

    /// <returns>Null when there is no such object.</returns>
    public string? Find(string digest)
    {
        var isDigest = digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower);
        return isDigest && File.Exists(PathOf(digest)) ? PathOf(digest) : null;
    }

    private string PathOf(string digest) => Path.Combine(directory.Models, ObjectsPath, digest[..2], digest);

    /// <summary>Copies and hashes in one pass, so that what is stored is what was checked, whatever happens to the source meanwhile.</summary>
    private void Take(string source, string digest)
    {
        var target = PathOf(digest);
        if (File.Exists(target))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        if (Copy(source, temporary) != digest)
        {
            File.Delete(temporary);
            throw new PackageException($"{source} changed while it was published: publish again.");
        }

        File.Move(temporary, target, overwrite: true);
    }

    private static string Copy(string source, string target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var input = File.OpenRead(source);
        using var output = File.Create(target);
        var buffer = new byte[128 * 1024];
        for (var read = input.Read(buffer); read > 0; read = input.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }

        output.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
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
