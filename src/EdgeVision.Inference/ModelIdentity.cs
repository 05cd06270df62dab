namespace EdgeVision.Inference;

/// <summary>Which model gave an answer; stands on every result that leaves the device.</summary>
/// <param name="Digest"><c>sha256:</c> and 64 hex digits of the package's manifest.</param>
public sealed record ModelIdentity(string Name, string Version, string Digest);
