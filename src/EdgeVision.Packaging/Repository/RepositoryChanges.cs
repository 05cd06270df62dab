using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>What drafts change, in sentences, so that nobody signs what he has not read.</summary>
internal static class RepositoryChanges
{
    public static IReadOnlyList<string> Of(RepositoryState state) =>
    [
        .. state.RootDraft is { } root ? RoleNames.TopLevel.SelectMany(role => OfKeys(role, state.Root?.Content.KeysOf(role), root.Content.KeysOf(role))) : [],
        .. OfFamilies(state),
        .. OfPolicy(state),
        .. state.Releases().Where(release => !release.IsPublished).Select(release => $"releases {release.Model} {release.Version}, counter {release.Counter}, manifest sha256:{release.ManifestSha256}"),
    ];

    private static IEnumerable<string> OfFamilies(RepositoryState state)
    {
        var before = state.Published.GetValueOrDefault(RoleNames.Targets)?.Content.Delegations;
        return state.Drafts.ContainsKey(RoleNames.Targets)
            ? state.Families.SelectMany(family => OfKeys(family.Name, before?.Roles.Any(role => role.Name == family.Name) == true ? before.KeysOf(family.Name) : null, state.KeysOf(family.Name)))
            : [];
    }

    private static IEnumerable<string> OfKeys(string role, RoleKeys? before, RoleKeys after)
    {
        if (before is null)
        {
            yield return $"{role}: {after.Role.Threshold} of {string.Join(", ", after.Role.KeyIds.Select(Short))} sign";
            yield break;
        }

        foreach (var id in after.Role.KeyIds.Except(before.Role.KeyIds))
        {
            yield return $"{role}: {Short(id)} may sign";
        }

        foreach (var id in before.Role.KeyIds.Except(after.Role.KeyIds))
        {
            yield return $"{role}: {Short(id)} may sign no more";
        }

        if (before.Role.Threshold != after.Role.Threshold)
        {
            yield return $"{role}: {after.Role.Threshold} must sign instead of {before.Role.Threshold}";
        }
    }

    private static IEnumerable<string> OfPolicy(RepositoryState state)
    {
        var (before, after) = (state.PublishedPolicy, state.Policy);
        return after.Revoked.Except(before.Revoked).Select(digest => $"policy: revokes manifest sha256:{digest}{Name(state, digest)}")
            .Concat(before.Revoked.Except(after.Revoked).Select(digest => $"policy: allows manifest sha256:{digest}{Name(state, digest)} again"))
            .Concat(after.Floors.Where(floor => before.Floors.GetValueOrDefault(floor.Key) != floor.Value).Select(floor => $"policy: {floor.Key} below counter {floor.Value} is refused"))
            .Concat(after.OfflineGraceDays == before.OfflineGraceDays ? [] : [$"policy: expired metadata holds {after.OfflineGraceDays} days more on offline sites"]);
    }

    private static string Name(RepositoryState state, string digest) =>
        state.Releases().FirstOrDefault(release => release.ManifestSha256 == digest) is { } release ? $" ({release.Model} {release.Version})" : "";

    private static string Short(string keyId) => keyId[..12];
}
