using System.Security.Cryptography;

namespace EdgeVision.Packaging;

/// <summary>Files and a manifest without digests to a package directory.</summary>
public static class PackageWriter
{
    /// <summary>Writes every file, then <c>manifest.json</c> with their sizes and digests, so that a half-written package has no manifest.</summary>
    /// <param name="directory">Made when missing.</param>
    /// <param name="manifest">Sizes and digests in <see cref="Manifest.Files"/> are ignored and computed.</param>
    /// <param name="contents">File name to bytes, for every file the manifest names.</param>
    /// <exception cref="PackageException">A file has no contents, or the manifest breaks a rule.</exception>
    public static ModelPackage Write(string directory, Manifest manifest, IReadOnlyDictionary<string, byte[]> contents)
    {
        var complete = manifest with { Files = [.. manifest.Files.Select(file => Describe(file, contents))] };
        var json = ManifestWriter.Write(complete);
        Directory.CreateDirectory(directory);
        File.Delete(Path.Combine(directory, ModelPackage.ManifestName));
        foreach (var file in complete.Files)
        {
            File.WriteAllBytes(Path.Combine(directory, file.Name), contents[file.Name]);
        }

        File.WriteAllBytes(Path.Combine(directory, ModelPackage.ManifestName), json);
        return ModelPackage.Open(directory);
    }

    private static ManifestFile Describe(ManifestFile file, IReadOnlyDictionary<string, byte[]> contents) =>
        contents.TryGetValue(file.Name, out var bytes)
            ? file with { Size = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) }
            : throw new PackageException($"The manifest names {file.Name}, but no contents were given for it.");
}
