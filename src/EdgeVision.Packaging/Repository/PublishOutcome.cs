namespace EdgeVision.Packaging.Repository;

/// <summary>What publishing came to.</summary>
/// <param name="Written">Roles of which clients now see a new version; empty when nothing was due.</param>
/// <param name="Waiting">Drafts that stay where they are, and what they wait for.</param>
/// <param name="NeedsOnlineKeys">Enough people have signed, but nobody here can sign snapshot and timestamp.</param>
public sealed record PublishOutcome(IReadOnlyList<string> Written, IReadOnlyList<SignatureNeed> Waiting, bool NeedsOnlineKeys);
