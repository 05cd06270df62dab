namespace EdgeVision.Packaging;

/// <summary>A model package on disk whose every file was checked against its manifest.</summary>
/// <remarks>The identity of a model is <see cref="Digest"/>, the sha256 of its manifest's bytes, because the manifest names every other file by digest.</remarks>
public sealed class ModelPackage
{
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
    public static ModelPackage Open(string directory) => throw new NotImplementedException();

    /// <summary>The bytes of a file of this package, read once and checked in memory, so that what is used is what was checked.</summary>
    public byte[] Read(ManifestFile file) => throw new NotImplementedException();

    /// <summary>The labels, one per line; empty when the package has none.</summary>
    public IReadOnlyList<string> ReadLabels() => throw new NotImplementedException();
}
