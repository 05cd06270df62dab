namespace EdgeVision.Packaging.Tuf;

/// <summary>Judges whether enough of a role's keys signed a file.</summary>
/// <remarks>
/// Counts keys, not key ids and not signatures: one key signing twice, under two ids, or with the malleable twin of an ECDSA signature counts once.
/// Example: threshold 2, keys A and B, signatures of A, A and C: 1 of 2, refused. Any thread.
/// </remarks>
public sealed record RoleKeys(IReadOnlyDictionary<string, TufKey> Keys, TufRole Role)
{
    /// <exception cref="TufException">Signature: one of these keys is named by a signature that is not its own; Threshold: too few signed.</exception>
    public void Verify(SignedMetadata file, string name)
    {
        var signers = new HashSet<string>(StringComparer.Ordinal);
        string? forged = null;
        foreach (var signature in file.Signatures.Where(signature => signature.Value.Length > 0 && Role.KeyIds.Contains(signature.KeyId)))
        {
            using var key = Keys.GetValueOrDefault(signature.KeyId)?.Import();
            if (key?.Verify(file.CanonicalBytes.Span, signature.Value) == true)
            {
                signers.Add(key.Identity);
            }
            else
            {
                forged = signature.KeyId;
            }
        }

        if (signers.Count < Role.Threshold)
        {
            throw forged is null
                ? new TufException(TufFailure.Threshold, $"{name}: signed by {signers.Count} of the {Role.Threshold} keys that are needed. Have the other holders sign it.")
                : new TufException(TufFailure.Signature, $"{name}: the signature of key {forged} does not match. The file was changed, or was signed by somebody else: do not use it.");
        }
    }

    /// <summary>A key of <paramref name="before"/> is none any more.</summary>
    internal bool Revokes(RoleKeys before)
    {
        var now = Identities();
        return before.Identities().Any(identity => !now.Contains(identity));
    }

    private HashSet<string> Identities()
    {
        var identities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in Role.KeyIds)
        {
            using var key = Keys.GetValueOrDefault(id)?.Import();
            identities.Add(key?.Identity ?? id);
        }

        return identities;
    }
}
