using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>The newest set of root, targets and families in which each is signed by those whom the others trust.</summary>
/// <remarks>A draft that lacks signatures is left out, and so is everything that would not hold without it: what clients see always fits together.</remarks>
internal sealed record Publication(RoleFile<RootMetadata> Root, IReadOnlyDictionary<string, RoleFile<TargetsMetadata>> Roles)
{
    /// <returns>Null when nothing can be published yet.</returns>
    public static Publication? Newest(RepositoryState state)
    {
        var roots = new[] { IsComplete(state, state.RootDraft) ? state.RootDraft : null, state.Root };
        var targets = new[] { state.Drafts.GetValueOrDefault(RoleNames.Targets), state.Published.GetValueOrDefault(RoleNames.Targets) };
        return roots.OfType<RoleFile<RootMetadata>>().SelectMany(_ => targets.OfType<RoleFile<TargetsMetadata>>(), (root, top) => TryCombine(state, root, top)).FirstOrDefault(set => set is not null);
    }

    /// <summary>The signatures that each draft needs and has.</summary>
    public static IReadOnlyList<SignatureNeed> Needs(RepositoryState state)
    {
        var needs = new List<SignatureNeed>();
        if (state.RootDraft is { } root)
        {
            needs.Add(Need(root, RoleNames.Root, root.Content.KeysOf(RoleNames.Root), "root"));
            if (state.Root is { } before)
            {
                needs.Add(Need(root, RoleNames.Root, before.Content.KeysOf(RoleNames.Root), $"root before (version {before.Content.Version})"));
            }
        }

        needs.AddRange(state.Drafts.Select(draft => Need(draft.Value, draft.Key, state.KeysOf(draft.Key), draft.Key)));
        return needs;
    }

    private static bool IsComplete(RepositoryState state, RoleFile<RootMetadata>? draft) =>
        draft is not null && draft.Content.KeysOf(RoleNames.Root).AreEnough(draft.File) && state.Root?.Content.KeysOf(RoleNames.Root).AreEnough(draft.File) != false;

    private static Publication? TryCombine(RepositoryState state, RoleFile<RootMetadata> root, RoleFile<TargetsMetadata> targets)
    {
        if (!root.Content.KeysOf(RoleNames.Targets).AreEnough(targets.File))
        {
            return null;
        }

        var roles = new Dictionary<string, RoleFile<TargetsMetadata>> { [RoleNames.Targets] = targets };
        foreach (var family in targets.Content.Delegations?.Roles ?? [])
        {
            var keys = targets.Content.Delegations!.KeysOf(family.Name);
            var file = new[] { state.Drafts.GetValueOrDefault(family.Name), state.Published.GetValueOrDefault(family.Name) }.FirstOrDefault(file => file is not null && keys.AreEnough(file.File));
            if (file is null)
            {
                return null;
            }

            roles[family.Name] = file;
        }

        return new Publication(root, roles);
    }

    private static SignatureNeed Need<T>(RoleFile<T> draft, string role, RoleKeys keys, string by)
        where T : TufMetadata
    {
        var signed = keys.Signers(draft.File);
        return new SignatureNeed(role, draft.Content.Version, by, keys.Role.Threshold, signed, [.. keys.Role.KeyIds.Except(signed)]);
    }
}
