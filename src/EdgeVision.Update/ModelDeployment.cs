using System.Text.Json;

namespace EdgeVision.Update;

/// <summary>One assignment of a model to this device, from the twin's desired <c>modelUpdate</c> or an offline import.</summary>
/// <param name="Version">With the model it names the signed target: <c>models/MODEL/VERSION/manifest.json</c>.</param>
/// <param name="ManifestSha256">64 lower-case hex digits: the identity of the package.</param>
/// <param name="Source">The repository, https, or for an import the folder that holds it; ends in a slash.</param>
/// <param name="Policy">Null = <see cref="DeploymentPolicy.None"/>.</param>
public sealed record ModelDeployment(string DeploymentId, string Model, string Version, string ManifestSha256, long ManifestSize, Uri Source, DeploymentPolicy? Policy = null)
{
    /// <summary>Strict about types and limits, because whatever is accepted here is written to disk and fetched; unknown fields are ignored.</summary>
    /// <param name="problem">Names the field and what is expected; null when it was read.</param>
    public static ModelDeployment? TryParse(JsonElement modelUpdate, out string? problem)
    {
        problem = DeploymentRules.Check(modelUpdate);
        var policy = problem is null ? DeploymentPolicyReader.TryRead(modelUpdate, out problem) : null;
        return problem is not null
            ? null
            : new ModelDeployment(
                DeploymentRules.Text(modelUpdate, "deploymentId")!,
                DeploymentRules.Text(modelUpdate, "model")!,
                DeploymentRules.Text(modelUpdate, "version")!,
                DeploymentRules.Text(modelUpdate, "manifestSha256")!,
                modelUpdate.GetProperty("manifestSize").GetInt64(),
                DeploymentRules.Repository(DeploymentRules.Text(modelUpdate, "source"))!,
                policy);
    }
}
