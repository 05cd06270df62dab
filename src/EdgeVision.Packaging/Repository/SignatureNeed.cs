namespace EdgeVision.Packaging.Repository;

/// <summary>What a draft still waits for.</summary>
/// <param name="Role">The draft.</param>
/// <param name="Version">Of the draft.</param>
/// <param name="By">Whose signatures: the role's own, or for a new root also those of the root before.</param>
/// <param name="Threshold">How many are needed.</param>
/// <param name="Signed">Key ids whose signature holds.</param>
/// <param name="Missing">Key ids that may still sign.</param>
public sealed record SignatureNeed(string Role, long Version, string By, int Threshold, IReadOnlyList<string> Signed, IReadOnlyList<string> Missing)
{
    public bool IsMet => Signed.Count >= Threshold;
}
