using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Packaging;

/// <summary>A model package on disk whose every file was checked against its manifest.</summary>
/// <remarks>
/// The identity of a model is <see cref="Digest"/>, the sha256 of its manifest's bytes, because the manifest names every other file by digest.
/// A package may hold the network in several variants; one of them is chosen, the first until <see cref="Select"/>. Immutable, any thread.
/// </remarks>
public sealed class ModelPackage
{
    public const string ManifestName = "manifest.json";

    /// <summary>The variant of a network that names none.</summary>
    public const string DefaultVariant = "default";

    private readonly Func<ManifestFile, string> _pathOf;

    private ModelPackage(string directory, string manifestPath, Manifest manifest, string digest, ManifestFile modelFile, Func<ManifestFile, string> pathOf)
    {
        Directory = directory;
        ManifestPath = manifestPath;
        Manifest = manifest;
        Digest = digest;
        ModelFile = modelFile;
        _pathOf = pathOf;
    }

    /// <summary>Where the manifest lies.</summary>
    public string Directory { get; }

    /// <summary>The file with the manifest's bytes.</summary>
    public string ManifestPath { get; }

    public Manifest Manifest { get; }

    /// <summary><c>sha256:</c> and 64 hex digits, of <c>manifest.json</c>.</summary>
    public string Digest { get; }

    /// <summary>Names of the packaged variants of the network, in the manifest's order.</summary>
    public IReadOnlyList<string> Variants => [.. ModelFiles(Manifest).Select(VariantOf)];

    /// <summary>The chosen one of <see cref="Variants"/>.</summary>
    public string Variant => VariantOf(ModelFile);

    /// <summary>The network of the chosen variant.</summary>
    public ManifestFile ModelFile { get; }

    /// <summary>Reads and checks a package directory (<c>manifest.json</c> and the files it names).</summary>
    /// <exception cref="PackageException">No such package, a bad manifest, a missing file, or one whose size or digest differs.</exception>
    public static ModelPackage Open(string directory) => Open(directory, Path.Combine(directory, ManifestName), file => Path.Combine(directory, file.Name));

    /// <summary>Reads and checks a package whose files lie under other names, as in a store of objects named by their digests.</summary>
    /// <param name="manifestPath">The file with the manifest's bytes.</param>
    /// <param name="pathOf">Where a file of the manifest lies.</param>
    /// <exception cref="PackageException">A bad manifest, a missing file, or one whose size or digest differs.</exception>
    public static ModelPackage OpenObjects(string manifestPath, Func<ManifestFile, string> pathOf) =>
        Open(Path.GetDirectoryName(manifestPath)!, manifestPath, pathOf);

    /// <summary>The same package with another variant chosen.</summary>
    /// <exception cref="PackageException">The package has no such variant.</exception>
    public ModelPackage Select(string variant)
    {
        var file = ModelFiles(Manifest).FirstOrDefault(file => VariantOf(file) == variant)
            ?? throw new PackageException($"{Manifest.Model} {Manifest.Version} has no variant '{variant}', only {string.Join(", ", Variants)}. Choose one of these, or package the model again with it.");
        return new ModelPackage(Directory, ManifestPath, Manifest, Digest, file, _pathOf);
    }

    /// <summary>Where a file of this package lies; for errors and copies. What is run is <see cref="Read"/>.</summary>
    public string PathOf(ManifestFile file) => _pathOf(file);

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

    internal static IEnumerable<ManifestFile> ModelFiles(Manifest manifest) => manifest.Files.Where(file => file.Role == "model");

    internal static string VariantOf(ManifestFile model) => model.Variant ?? DefaultVariant;

    private static ModelPackage Open(string directory, string manifestPath, Func<ManifestFile, string> pathOf)
    {
        var json = ReadManifest(directory, manifestPath);
        var manifest = ManifestReader.Read(json, manifestPath);
        var package = new ModelPackage(directory, manifestPath, manifest, DigestOf(json), ModelFiles(manifest).First(), pathOf);
        foreach (var file in manifest.Files)
        {
            using var content = package.OpenFile(file);
            package.RequireDigest(file, SHA256.HashData(content));
        }

        return package;
    }

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
        var path = PathOf(file);
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
                $"{PathOf(file)} has sha256 {actual}, the manifest says {file.Sha256}. The file was changed or damaged: copy the package again.");
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
