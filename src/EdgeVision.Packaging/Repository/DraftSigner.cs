using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Puts signatures on drafts: with keys that are at hand, or from another copy of the repository on which their holder signed.</summary>
internal sealed class DraftSigner(RepositoryDrafts drafts)
{
    /// <returns>Role and the id of the key that now signed it.</returns>
    public IReadOnlyList<(string Role, string KeyId)> Sign(KeyRing ring) => Update((_, file, keys) => file.Sign(ring, keys));

    /// <summary>Takes over the signatures of a copy. Only those that hold for the very draft that lies here.</summary>
    /// <exception cref="RepositoryException">The copy has another draft of the same role.</exception>
    public IReadOnlyList<(string Role, string KeyId)> Merge(string copy)
    {
        var other = RepositoryState.Read(new RepositoryTree(copy));
        return Update((role, file, keys) => (role == RoleNames.Root ? other.RootDraft?.File : other.Drafts.GetValueOrDefault(role)?.File) is { } theirs ? Merge(copy, role, file, theirs, keys) : file);
    }

    private static SignedMetadata Merge(string copy, string role, SignedMetadata file, SignedMetadata theirs, IReadOnlyList<RoleKeys> keys)
    {
        if (!theirs.CanonicalBytes.Span.SequenceEqual(file.CanonicalBytes.Span))
        {
            throw new RepositoryException($"{copy} has another draft of {role}: it was changed after the copy was made. Give its holder a fresh copy to sign.");
        }

        var signers = keys.SelectMany(key => key.Signers(theirs)).ToHashSet();
        return theirs.Signatures.Where(signature => signers.Contains(signature.KeyId)).Aggregate(file, (signed, signature) => signed.With(signature));
    }

    private List<(string Role, string KeyId)> Update(Func<string, SignedMetadata, IReadOnlyList<RoleKeys>, SignedMetadata> sign)
    {
        var added = new List<(string, string)>();
        var state = drafts.State;
        var files = state.Drafts.Select(draft => (Role: draft.Key, draft.Value.File)).ToList();
        if (state.RootDraft is { } root)
        {
            files.Insert(0, (RoleNames.Root, root.File));
        }

        foreach (var (role, file) in files)
        {
            var keys = Keys(state, role);
            var signed = sign(role, file, keys);
            var news = keys.SelectMany(key => key.Signers(signed)).Except(keys.SelectMany(key => key.Signers(file))).ToList();
            if (news.Count > 0)
            {
                drafts.Save(role, signed.ToBytes());
                added.AddRange(news.Select(id => (role, id)));
            }
        }

        return added;
    }

    // Of the root before as well: a new root needs its signatures, and targets signed by old and new keys fit both roots while the new one spreads.
    private static IReadOnlyList<RoleKeys> Keys(RepositoryState state, string role) =>
        role is RoleNames.Root or RoleNames.Targets && state.Root is { } before ? [state.KeysOf(role), before.Content.KeysOf(role)] : [state.KeysOf(role)];
}
