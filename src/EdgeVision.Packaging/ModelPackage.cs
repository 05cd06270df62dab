using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Packaging;

/// <summary>A model package on disk whose every file was checked against its manifest.</summary>
/// <remarks>The identity of a model is <see cref="Digest"/>, the sha256 of its manifest's bytes, because the manifest names every other file by digest.</remarks>
public sealed class ModelPackage
{
    public const string ManifestName = "manifest.json";

    private ModelPackage(string directory, Manifest manifest, string digest)
    {
        Directory = directory;
        Manifest = manifest;
        Digest = digest;
    }

    public string Directory { get; }

    public Manifest Manifest { get; }

    /// <summary><c>sha256:</c> and 64 hex digits, of <c>manifest.json</c>.</summary>
    public string Digest { get; }

    /// <summary>Reads and checks a package directory (<c>manifest.json</c> and the files it names).</summary>
    /// <exception cref="PackageException">No such package, a bad manifest, a missing file, or one whose size or digest differs.</exception>
    public static ModelPackage Open(string directory)
    {
        var path = Path.Combine(directory, ManifestName);
        var json = ReadManifest(directory, path);
        var package = new ModelPackage(directory, ManifestReader.Read(json, path), DigestOf(json));
        foreach (var file in package.Manifest.Files)
        {
            using var content = package.OpenFile(file);
            package.RequireDigest(file, SHA256.HashData(content));
        }

        return package;
    }

    /// <summary>The bytes of a file of this package, read once and checked in memory, so that what is used is what was checked.</summary>
    /// <exception cref="PackageException">The file is missing, or its size or digest differs.</exception>
    public byte[] Read(ManifestFile file)
    {
        using var content = OpenFile(file);
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)file.Size));
        content.ReadExactly(bytes);
        RequireDigest(file, SHA256.HashData(bytes));
        return bytes;
    }

    /// <summary>The labels, one per line; empty when the package has none.</summary>
    public IReadOnlyList<string> ReadLabels()
    {
        if (Manifest.FileOf("labels") is not { } file)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(Read(file));
        return text.TrimEnd('\r', '\n').Split('\n', StringSplitOptions.TrimEntries);
    }

    internal static string DigestOf(ReadOnlySpan<byte> manifest) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(manifest));

    private static byte[] ReadManifest(string directory, string path)
    {
        if (!File.Exists(path))
        {
            throw new PackageException(System.IO.Directory.Exists(directory)
                ? $"{directory} holds no {ManifestName}: a model package is a folder with a manifest and the files it names. See models/README.md."
                : $"{directory} does not exist. Give the folder of a model package; \"make models\" assembles those of this project in artifacts/models.");
        }

        return Guarded(path, () =>
        {
            var length = new FileInfo(path).Length;
            return length <= ManifestReader.MaxBytes ? File.ReadAllBytes(path) : throw ManifestReader.TooLarge(path, length);
        });
    }

    private FileStream OpenFile(ManifestFile file)
    {
        var path = Path.Combine(Directory, file.Name);
        if (!File.Exists(path))
        {
            throw new PackageException($"{path} is missing, but the manifest names it. Copy the whole package again.");
        }

        var content = Guarded(path, () => File.OpenRead(path));
        if (content.Length != file.Size)
        {
            using (content)
            {
                throw new PackageException($"{path} has {content.Length} bytes, the manifest says {file.Size}. The copy is broken or was changed: copy the package again.");
            }
        }

        return content;
    }

    private void RequireDigest(ManifestFile file, ReadOnlySpan<byte> digest)
    {
        var actual = Convert.ToHexStringLower(digest);
        if (actual != file.Sha256)
        {
            throw new PackageException(
                $"{Path.Combine(Directory, file.Name)} has sha256 {actual}, the manifest says {file.Sha256}. The file was changed or damaged: copy the package again.");
        }
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PackageException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
