namespace EdgeVision.Packaging.Repository;

/// <summary>A model package in the repository.</summary>
/// <param name="Model">Name; also that of the role that signs it.</param>
/// <param name="Version">One package for ever: it is never released again with other contents.</param>
/// <param name="Counter">Grows with every release of the model.</param>
/// <param name="ManifestSha256">64 hex digits; names the package.</param>
/// <param name="ManifestSize">Bytes.</param>
/// <param name="IsPublished">Devices see it; otherwise it waits for signatures.</param>
/// <param name="IsRevoked">Devices refuse it.</param>
public sealed record RepositoryRelease(string Model, string Version, long Counter, string ManifestSha256, long ManifestSize, bool IsPublished = true, bool IsRevoked = false)
{
    /// <summary><c>models/toy/1.0.0/manifest.json</c></summary>
    public static string TargetPath(string model, string version) => $"models/{model}/{version}/{ModelPackage.ManifestName}";

    /// <summary>Every path of a model: what its role may sign.</summary>
    public static string Paths(string model) => TargetPath(model, "*");
}
