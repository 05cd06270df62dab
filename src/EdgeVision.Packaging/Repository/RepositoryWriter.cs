using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>One change of a TUF repository on disk: edits make drafts, keys sign them, publishing brings what is signed to the clients.</summary>
/// <remarks>
/// The folder is a static tree that any web server, USB stick or tar carries (see docs/model-repository.md). Held by one process at a time, from
/// opening to disposing; readers are never stopped and never see a state that does not fit together. TUF 1.0.34, consistent snapshots, one
/// delegated role for each model family. Example: <c>Open</c>, <c>Add(package)</c>, <c>Sign(ring)</c>, <c>Publish(ring)</c>. One thread.
/// </remarks>
public sealed class RepositoryWriter : IDisposable
{
    private readonly TimeProvider _time;
    private readonly IDisposable _lock;
    private readonly RepositoryDrafts _drafts;

    private RepositoryWriter(RepositoryTree tree, TimeProvider time, IDisposable taken) => (_time, _lock, _drafts) = (time, taken, new RepositoryDrafts(tree, time));

    /// <summary>Published releases and those that wait, by model and counter.</summary>
    public IReadOnlyList<RepositoryRelease> Releases => _drafts.State.Releases();

    public ReleasePolicy Policy => _drafts.State.Policy;

    /// <summary>Whether a folder holds a repository.</summary>
    public static bool Exists(string directory) => RepositoryState.Exists(new RepositoryTree(directory));

    /// <summary>The newest root that clients see, which is what a new device is to trust; null while there is none.</summary>
    public static string? RootFile(string directory)
    {
        var tree = new RepositoryTree(directory);
        return tree.NewestVersion(RoleNames.Root) is > 0 and var version ? tree.MetadataFile(RoleNames.Root, version) : null;
    }

    /// <exception cref="RepositoryException">There is none, or another process keeps it for longer than 20 s.</exception>
    public static RepositoryWriter Open(string directory, TimeProvider time)
    {
        if (!Exists(directory))
        {
            throw new RepositoryException($"{Path.GetFullPath(directory)} holds no repository. Make one with: edgevision repo init {directory}");
        }

        return Locked(directory, time, _ => { });
    }

    /// <summary>A repository that releases nothing yet: first versions of root and targets, for their keys to sign.</summary>
    /// <param name="directory">Made when missing.</param>
    /// <param name="setup">Asked for the keys only when there is no repository yet.</param>
    /// <exception cref="RepositoryException">There is one already, or the keys do not do.</exception>
    public static RepositoryWriter Create(string directory, Func<RepositorySetup> setup, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        return Locked(directory, time, tree =>
        {
            if (RepositoryState.Exists(tree))
            {
                throw new RepositoryException($"{tree.Directory} is a repository already. See: edgevision repo status {directory}");
            }

            var root = RoleFile<RootMetadata>.Of(setup().ToRoot(time.GetUtcNow()));
            RepositoryTree.Write(tree.PendingFile(RoleNames.Targets), ReleaseEdit.First(tree, time.GetUtcNow()).Bytes);
            RepositoryTree.Write(tree.PendingFile(RoleNames.Root), root.Bytes);
        });
    }

    /// <inheritdoc cref="ReleaseEdit.Add"/>
    public RepositoryRelease Add(ModelPackage package, RoleKeys? family = null) => new ReleaseEdit(_drafts).Add(package, family);

    /// <inheritdoc cref="ReleaseEdit.TakeOver"/>
    public RepositoryRelease? TakeOver(string manifestSha256) => new ReleaseEdit(_drafts).TakeOver(manifestSha256);

    /// <inheritdoc cref="ReleaseEdit.SetPolicy"/>
    public void SetPolicy(ReleasePolicy policy) => new ReleaseEdit(_drafts).SetPolicy(policy);

    /// <inheritdoc cref="ReleaseEdit.Revoke"/>
    public RepositoryRelease RevokeRelease(string model, string version) => new ReleaseEdit(_drafts).Revoke(model, version);

    /// <inheritdoc cref="KeyEdit.Change"/>
    public void ChangeKeys(string role, IReadOnlyList<TufKey> added, IReadOnlyList<string> removed, int? threshold = null) => new KeyEdit(_drafts).Change(role, added, removed, threshold);

    /// <inheritdoc cref="KeyEdit.Revoke"/>
    public IReadOnlyList<string> RevokeKey(string keyId, TufKey? successor = null) => new KeyEdit(_drafts).Revoke(keyId, successor);

    /// <summary>A new version of root, targets or a family with the same contents and a later expiry.</summary>
    /// <exception cref="RepositoryException">No such role, or one that is renewed by publishing.</exception>
    public void Renew(string role) => new KeyEdit(_drafts).Renew(role);

    /// <inheritdoc cref="DraftSigner.Sign"/>
    public IReadOnlyList<(string Role, string KeyId)> Sign(KeyRing ring) => new DraftSigner(_drafts).Sign(ring);

    /// <inheritdoc cref="DraftSigner.Merge(string)"/>
    public IReadOnlyList<(string Role, string KeyId)> Merge(string copy) => new DraftSigner(_drafts).Merge(copy);

    /// <summary>Whether the keys at hand could sign a release of this model without anybody else.</summary>
    public bool CanRelease(string model, KeyRing ring)
    {
        var state = _drafts.State;
        string[] roles = state.Families.Any(family => family.Name == model) ? [model, RoleNames.Snapshot, RoleNames.Timestamp] : [RoleNames.Targets, RoleNames.Snapshot, RoleNames.Timestamp];
        return Array.TrueForAll(roles, role => state.KeysOf(role).Role is { } keys && keys.KeyIds.Count(id => ring.Find(id) is not null) >= keys.Threshold);
    }

    /// <summary>Publishes every draft that has its signatures, and renews snapshot and timestamp when they are due. Does nothing when nothing is.</summary>
    public PublishOutcome Publish(KeyRing ring) => new RepositoryPublisher(_drafts.Tree, _time, ring).Publish();

    public void Dispose() => _lock.Dispose();

    private static RepositoryWriter Locked(string directory, TimeProvider time, Action<RepositoryTree> prepare)
    {
        var taken = RepositoryLock.Take(directory);
        try
        {
            var tree = new RepositoryTree(directory);
            prepare(tree);
            return new RepositoryWriter(tree, time, taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }
}
