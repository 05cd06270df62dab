using System.Text.Json;

namespace EdgeVision.Packaging;

/// <summary><see cref="Manifest"/> to the bytes of <c>manifest.json</c>: the same manifest always gives the same bytes, because their digest is the model's identity.</summary>
public static class ManifestWriter
{
    /// <exception cref="PackageException">The manifest breaks a rule that the reader would refuse it for.</exception>
    public static byte[] Write(Manifest manifest)
    {
        ManifestRules.Check(manifest, ModelPackage.ManifestName);
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.Manifest);
        return json.Length <= ManifestReader.MaxBytes ? [.. json, (byte)'\n'] : throw ManifestReader.TooLarge(ModelPackage.ManifestName, json.Length);
    }
}
