using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Makes the next version of a role. It waits in <c>pending/</c> until enough keys have signed it; changing it takes the signatures off again.</summary>
internal sealed class RepositoryDrafts(RepositoryTree tree, TimeProvider time)
{
    /// <summary>The newest state, drafts included; read anew after every change.</summary>
    public RepositoryState State { get; private set; } = RepositoryState.Read(tree);

    public RepositoryTree Tree => tree;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Change(RootMetadata root)
    {
        var draft = RoleFile<RootMetadata>.Of(root with { Version = NextVersion(RoleNames.Root, State.RootDraft), Expires = Now + RoleLifetimes.Of(RoleNames.Root) });
        Save(RoleNames.Root, draft.Bytes);
    }

    public void Change(string role, TargetsMetadata targets)
    {
        var draft = RoleFile<TargetsMetadata>.Of(targets with { Version = NextVersion(role, State.Drafts.GetValueOrDefault(role)), Expires = Now + RoleLifetimes.Of(role) });
        Save(role, draft.Bytes);
    }

    /// <summary>With other keys, a role whose newest file they did not sign needs a new one.</summary>
    public void ReissueUnlessSigned(string role)
    {
        if (State.Latest(role) is { } latest && !State.KeysOf(role).AreEnough(latest.File))
        {
            Change(role, latest.Content);
        }
    }

    public void Save(string role, byte[] bytes)
    {
        RepositoryTree.Write(tree.PendingFile(role), bytes);
        State = RepositoryState.Read(tree);
    }

    // A version that was written to metadata/ once is never used for other contents, even if a crash kept it from being published: a proxy may have it.
    private long NextVersion<T>(string role, RoleFile<T>? draft)
        where T : TufMetadata
    {
        var newest = tree.NewestVersion(role);
        return draft?.Content.Version > newest ? draft.Content.Version : newest + 1;
    }
}
