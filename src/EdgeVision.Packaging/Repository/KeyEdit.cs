using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Who may sign for what: rotation and revocation of keys.</summary>
internal sealed class KeyEdit(RepositoryDrafts drafts)
{
    /// <summary>Gives a role other keys. What they have not signed is issued anew, for them to sign.</summary>
    /// <param name="role">One of the four top-level roles, or a model family.</param>
    /// <param name="added">Keys it gets.</param>
    /// <param name="removed">Key ids, or their beginnings.</param>
    /// <param name="threshold">Null leaves it.</param>
    /// <exception cref="RepositoryException">No such role or key, or a threshold that cannot be met.</exception>
    public void Change(string role, IReadOnlyList<TufKey> added, IReadOnlyList<string> removed, int? threshold)
    {
        RequireRole(role);
        Apply(role, Changed(role, drafts.State.KeysOf(role), added, removed, threshold));
        if (role == RoleNames.Targets || drafts.State.Families.Any(family => family.Name == role))
        {
            drafts.ReissueUnlessSigned(role);
        }
    }

    /// <summary>Takes a key out of every role it is in.</summary>
    /// <param name="keyId">Or its beginning.</param>
    /// <param name="successor">Takes its place; null for none.</param>
    /// <returns>The roles it was in.</returns>
    /// <exception cref="RepositoryException">No such key, or a role would have too few left.</exception>
    public IReadOnlyList<string> Revoke(string keyId, TufKey? successor)
    {
        var roles = RoleNames.TopLevel.Concat(drafts.State.Families.Select(family => family.Name))
            .Where(role => drafts.State.KeysOf(role).Role.KeyIds.Any(id => id.StartsWith(keyId, StringComparison.Ordinal))).ToList();
        if (roles.Count == 0)
        {
            throw NoSuchKey(keyId);
        }

        foreach (var role in roles)
        {
            Change(role, successor is null ? [] : [successor], [keyId], threshold: null);
        }

        return roles;
    }

    public void Renew(string role)
    {
        RequireRole(role);
        switch (role)
        {
            case RoleNames.Root:
                drafts.Change(drafts.State.LatestRoot);
                break;
            case RoleNames.Snapshot or RoleNames.Timestamp:
                throw new RepositoryException($"{role} is renewed by itself: edgevision repo renew DIR, with the online keys.");
            default:
                drafts.Change(role, drafts.State.Latest(role)!.Content);
                break;
        }
    }

    private void RequireRole(string role)
    {
        var roles = RoleNames.TopLevel.Concat(drafts.State.Families.Select(family => family.Name)).ToList();
        if (!roles.Contains(role))
        {
            throw new RepositoryException($"There is no role {role}. Roles are {string.Join(", ", roles)}.");
        }
    }

    private static RoleKeys Changed(string role, RoleKeys before, IReadOnlyList<TufKey> added, IReadOnlyList<string> removed, int? threshold)
    {
        var gone = removed.Select(prefix => Find(before, prefix)).ToHashSet();
        var keys = before.Role.KeyIds.Where(id => !gone.Contains(id)).Select(id => before.Keys[id]).Concat(added).ToList();
        try
        {
            RepositorySetup.RequireThreshold(role, keys, threshold ?? before.Role.Threshold);
        }
        catch (RepositoryException exception) when (gone.Count > 0)
        {
            throw new RepositoryException($"{exception.Message} Give the one that takes its place in the same command (--add).", exception);
        }

        return new RoleKeys(keys.ToDictionary(key => key.Id), RepositorySetup.RoleOf(keys, threshold ?? before.Role.Threshold));
    }

    private void Apply(string role, RoleKeys changed)
    {
        if (RoleNames.TopLevel.Contains(role))
        {
            var root = drafts.State.LatestRoot;
            var roles = new Dictionary<string, TufRole>(root.Roles) { [role] = changed.Role };
            drafts.Change(root with { Roles = roles, Keys = Used(root.Keys, changed, roles.Values) });
            return;
        }

        var (targets, delegations) = (drafts.State.LatestTargets, drafts.State.LatestTargets.Delegations!);
        var families = delegations.Roles.Select(family => family.Name == role ? family with { Role = changed.Role } : family).ToList();
        drafts.Change(RoleNames.Targets, targets with { Delegations = new Delegations(Used(delegations.Keys, changed, families.Select(family => family.Role)), families) });
    }

    // A key that no role uses any more is not listed any more.
    private static Dictionary<string, TufKey> Used(IReadOnlyDictionary<string, TufKey> known, RoleKeys changed, IEnumerable<TufRole> roles) =>
        roles.SelectMany(role => role.KeyIds).Distinct().ToDictionary(id => id, id => changed.Keys.TryGetValue(id, out var key) ? key : known[id]);

    private static string Find(RoleKeys role, string prefix) => role.Role.KeyIds.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).ToList() switch
    {
        [var only] => only,
        [] => throw NoSuchKey(prefix),
        _ => throw new RepositoryException($"More than one key begins with {prefix}. Give more of its id; edgevision repo status --json shows them whole."),
    };

    private static RepositoryException NoSuchKey(string keyId) => new($"No key begins with {keyId}. edgevision repo status shows the keys of every role.");
}
