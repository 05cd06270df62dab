using System.Security.Cryptography;

namespace EdgeVision.Packaging;

/// <summary>Files and a manifest without digests to a package directory.</summary>
public static class PackageWriter
{
    private const int DefaultChunk = 4 << 20;

    /// <summary>Writes every file, then <c>manifest.json</c> with their sizes and digests, so that a half-written package has no manifest.</summary>
    /// <param name="directory">Made when missing.</param>
    /// <param name="manifest">Sizes and digests in <see cref="Manifest.Files"/> are ignored and computed; a file larger than its chunk (4 MiB unless it says another) gets chunk digests.</param>
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

    private static ManifestFile Describe(ManifestFile file, IReadOnlyDictionary<string, byte[]> contents)
    {
        if (!contents.TryGetValue(file.Name, out var bytes))
        {
            throw new PackageException($"The manifest names {file.Name}, but no contents were given for it.");
        }

        // The digest of a file of one chunk says all that the chunk's would.
        var chunk = file.Chunk ?? DefaultChunk;
        var isChunked = bytes.Length > chunk;
        return file with { Size = bytes.Length, Sha256 = Digest(bytes), Chunk = isChunked ? chunk : null, ChunkSha256 = isChunked ? [.. bytes.Chunk(chunk).Select(Digest)] : null };
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
