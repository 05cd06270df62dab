using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Cloud.Storage;

/// <summary>A model package in the repository.</summary>
/// <param name="Model">Name.</param>
/// <param name="Version">One package for ever: it is never published again with other contents.</param>
/// <param name="Counter">Grows with every release of the model.</param>
/// <param name="ManifestSha256">64 hex digits; names the package.</param>
/// <param name="ManifestSize">Bytes.</param>
internal sealed record Release(string Model, string Version, long Counter, string ManifestSha256, long ManifestSize)
{
    public static Release Of(RepositoryRelease release) => new(release.Model, release.Version, release.Counter, release.ManifestSha256, release.ManifestSize);

    public JsonObject ToJson() => new() { ["model"] = Model, ["version"] = Version, ["counter"] = Counter, ["manifestSha256"] = ManifestSha256, ["manifestSize"] = ManifestSize };
}
