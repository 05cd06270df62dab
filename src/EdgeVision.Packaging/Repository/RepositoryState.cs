using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>A repository at one moment: what clients see, and the drafts that wait for signatures.</summary>
/// <remarks>Targets and the families are one kind: <see cref="Published"/> and <see cref="Drafts"/> know them by role name, <c>targets</c> among them.</remarks>
internal sealed class RepositoryState
{
    public RoleFile<RootMetadata>? Root { get; private init; }

    public RoleFile<RootMetadata>? RootDraft { get; private init; }

    public RoleFile<TimestampMetadata>? Timestamp { get; private init; }

    public RoleFile<SnapshotMetadata>? Snapshot { get; private init; }

    public IReadOnlyDictionary<string, RoleFile<TargetsMetadata>> Published { get; private init; } = new Dictionary<string, RoleFile<TargetsMetadata>>();

    public IReadOnlyDictionary<string, RoleFile<TargetsMetadata>> Drafts { get; private init; } = new Dictionary<string, RoleFile<TargetsMetadata>>();

    /// <summary>With what waits for signatures.</summary>
    public ReleasePolicy Policy { get; private init; } = ReleasePolicy.Empty;

    /// <summary>What devices see.</summary>
    public ReleasePolicy PublishedPolicy { get; private init; } = ReleasePolicy.Empty;

    public RootMetadata LatestRoot => (RootDraft ?? Root)!.Content;

    public TargetsMetadata LatestTargets => Latest(RoleNames.Targets)!.Content;

    public IReadOnlyList<DelegatedRole> Families => LatestTargets.Delegations?.Roles ?? [];

    /// <exception cref="RepositoryException">There is no repository.</exception>
    /// <exception cref="TufException">Format: a file is damaged.</exception>
    public static RepositoryState Read(RepositoryTree tree)
    {
        var root = ReadRoot(tree);
        var rootDraft = RoleFile<RootMetadata>.Read(tree.PendingFile(RoleNames.Root), RootMetadata.Read);
        if (root is null && rootDraft is null)
        {
            throw new RepositoryException($"{tree.Directory} holds no repository. Make one with: edgevision repo init {tree.Directory}");
        }

        var timestamp = RoleFile<TimestampMetadata>.Read(tree.TimestampFile, TimestampMetadata.Read);
        var snapshot = timestamp is null ? null : Require(tree, RoleNames.Snapshot, timestamp.Content.Snapshot.Version, SnapshotMetadata.Read);
        var published = snapshot is null ? [] : ReadPublished(tree, snapshot.Content);
        var drafts = ReadDrafts(tree, published);
        return new RepositoryState
        {
            Root = root,
            RootDraft = rootDraft?.Content.Version > (root?.Content.Version ?? 0) ? rootDraft : null,
            Timestamp = timestamp,
            Snapshot = snapshot,
            Published = published,
            Drafts = drafts,
            PublishedPolicy = ReadPolicy(tree, published.GetValueOrDefault(RoleNames.Targets)?.Content),
            Policy = ReadPolicy(tree, (drafts.GetValueOrDefault(RoleNames.Targets) ?? published.GetValueOrDefault(RoleNames.Targets))?.Content),
        };
    }

    public static bool Exists(RepositoryTree tree) => tree.NewestVersion(RoleNames.Root) > 0 || File.Exists(tree.PendingFile(RoleNames.Root));

    public RoleFile<TargetsMetadata>? Latest(string role) => Drafts.GetValueOrDefault(role) ?? Published.GetValueOrDefault(role);

    /// <summary>Who will have to sign this role, drafts of root and targets taken as done.</summary>
    public RoleKeys KeysOf(string role) => RoleNames.TopLevel.Contains(role) ? LatestRoot.KeysOf(role) : LatestTargets.Delegations!.KeysOf(role);

    private static RoleFile<RootMetadata>? ReadRoot(RepositoryTree tree) => RoleFile<RootMetadata>.Read(tree.MetadataFile(RoleNames.Root, tree.NewestVersion(RoleNames.Root)), RootMetadata.Read);

    private static Dictionary<string, RoleFile<TargetsMetadata>> ReadPublished(RepositoryTree tree, SnapshotMetadata snapshot) =>
        snapshot.Meta.Select(meta => (Role: meta.Key[..^".json".Length], meta.Value.Version))
            .ToDictionary(meta => meta.Role, meta => Require(tree, meta.Role, meta.Version, TargetsMetadata.Read));

    // A draft that was published, by a process that was then killed, is none any more.
    private static Dictionary<string, RoleFile<TargetsMetadata>> ReadDrafts(RepositoryTree tree, Dictionary<string, RoleFile<TargetsMetadata>> published) =>
        tree.PendingRoles.Where(role => role != RoleNames.Root)
            .Select(role => (Role: role, File: RoleFile<TargetsMetadata>.Read(tree.PendingFile(role), TargetsMetadata.Read)!))
            .Where(draft => draft.File.Content.Version > (published.GetValueOrDefault(draft.Role)?.Content.Version ?? 0))
            .ToDictionary(draft => draft.Role, draft => draft.File);

    private static ReleasePolicy ReadPolicy(RepositoryTree tree, TargetsMetadata? targets)
    {
        if (targets is null || !targets.Targets.TryGetValue(ReleasePolicy.TargetPath, out var entry))
        {
            return ReleasePolicy.Empty;
        }

        // Key holders may have the metadata alone on their stick.
        var file = tree.TargetFile(ReleasePolicy.TargetPath, entry.Hashes["sha256"]);
        try
        {
            return File.Exists(file) ? ReleasePolicy.Read(File.ReadAllBytes(file)) : ReleasePolicy.Empty;
        }
        catch (FormatException exception)
        {
            throw new RepositoryException($"{file} cannot be read: {exception.Message}. Put it back from a copy of the repository.");
        }
    }

    private static RoleFile<T> Require<T>(RepositoryTree tree, string role, long version, Func<SignedMetadata, string, T> read)
        where T : TufMetadata =>
        RoleFile<T>.Read(tree.MetadataFile(role, version), read)
        ?? throw new RepositoryException($"{tree.MetadataFile(role, version)} is missing, but signed metadata names it. Put it back from a copy of the repository.");
}
