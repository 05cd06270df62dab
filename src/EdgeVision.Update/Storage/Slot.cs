namespace EdgeVision.Update;

/// <summary>A pointer to a stored package, and what is served of it.</summary>
/// <param name="Digest">Of its manifest, 64 hex digits.</param>
/// <param name="Variant">The variant that the exam chose; null before it, or when the package has only one.</param>
/// <param name="Counter">Of the signed target; what a replay is told by.</param>
/// <param name="Origin">Where it came from, so that a rotten block can be fetched again.</param>
internal sealed record Slot(string Digest, string? Variant, long Counter, ModelDeployment? Origin)
{
    public bool IsSound() => DeploymentRules.IsSha256(Digest) && Counter >= 0 && (Origin is null || Origin.ManifestSha256 == Digest);
}
