using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>What the factory package holds, so that it is not fetched: labels and golden sets seldom change.</summary>
internal static class FactoryFiles
{
    /// <summary>Of its manifest, 64 hex digits; null when it cannot be read.</summary>
    public static string? DigestOf(string directory)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(directory, ModelPackage.ManifestName))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file that is said to have this digest; the caller hashes it.</summary>
    public static string? Find(string directory, ManifestFile wanted)
    {
        var manifest = Path.Combine(directory, ModelPackage.ManifestName);
        try
        {
            var files = File.Exists(manifest) && new FileInfo(manifest).Length <= ManifestReader.MaxBytes ? ManifestReader.Read(File.ReadAllBytes(manifest), manifest).Files : [];
            return files.FirstOrDefault(file => file.Sha256 == wanted.Sha256 && file.Size == wanted.Size) is { } found ? Path.Combine(directory, found.Name) : null;
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
