using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Which of a role's keys signed a file, and signing with those that are at hand.</summary>
internal static class RoleSignatures
{
    public static RoleKeys KeysOf(this Delegations delegations, string role) =>
        new(delegations.Keys, delegations.Roles.First(delegated => delegated.Name == role).Role);

    /// <summary>Key ids whose signature holds.</summary>
    public static IReadOnlyList<string> Signers(this RoleKeys role, SignedMetadata file) =>
    [
        .. role.Role.KeyIds.Distinct().Where(id => role.Keys.TryGetValue(id, out var key)
            && file.Signatures.Any(signature => signature.KeyId == id && key.Verify(file.CanonicalBytes.Span, signature.Value))),
    ];

    public static bool AreEnough(this RoleKeys role, SignedMetadata file) => role.Signers(file).Count >= role.Role.Threshold;

    /// <summary>Adds the signature of every key that counts for one of the roles, is at hand and has not signed yet.</summary>
    public static SignedMetadata Sign(this SignedMetadata file, KeyRing ring, params IEnumerable<RoleKeys> roles)
    {
        foreach (var role in roles)
        {
            var signers = role.Signers(file);
            foreach (var id in role.Role.KeyIds.Where(id => !signers.Contains(id)))
            {
                if (ring.Find(id) is { } key)
                {
                    file = file.With(new TufSignature(id, Convert.ToHexStringLower(key.Sign(file.CanonicalBytes.ToArray()))));
                }
            }
        }

        return file;
    }
}
