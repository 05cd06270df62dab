using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>Brings what is signed to the clients: writes snapshot and timestamp over it, with keys that are online.</summary>
internal sealed class RepositoryPublisher(RepositoryTree tree, TimeProvider time, KeyRing ring)
{
    public PublishOutcome Publish()
    {
        var state = RepositoryState.Read(tree);
        var (written, lacksKeys) = Publication.Newest(state) is { } set ? Publish(state, set) : ([], false);
        Tidy();
        return new PublishOutcome(written, [.. Publication.Needs(RepositoryState.Read(tree)).Where(need => !need.IsMet)], lacksKeys);
    }

    private (IReadOnlyList<string> Written, bool LacksKeys) Publish(RepositoryState state, Publication set)
    {
        var snapshot = Snapshot(state, set);
        var timestamp = Timestamp(state, set, snapshot);
        string[] written =
        [
            .. set.Root == state.Root ? [] : new[] { RoleNames.Root },
            .. set.Roles.Where(role => role.Value != state.Published.GetValueOrDefault(role.Key)).Select(role => role.Key),
            .. snapshot == state.Snapshot ? [] : new[] { RoleNames.Snapshot },
            .. timestamp == state.Timestamp ? [] : new[] { RoleNames.Timestamp },
        ];
        if (!IsSigned(set.Root, RoleNames.Snapshot, snapshot.File) || !IsSigned(set.Root, RoleNames.Timestamp, timestamp.File))
        {
            return ([], true);
        }

        Write(state, set, snapshot, timestamp);
        return (written, false);
    }

    // What is named is there before what names it. Only the last two steps change what clients see; each is one rename.
    private void Write(RepositoryState state, Publication set, RoleFile<SnapshotMetadata> snapshot, RoleFile<TimestampMetadata> timestamp)
    {
        foreach (var (role, file) in set.Roles)
        {
            WriteOnce(role, file);
        }

        WriteOnce(RoleNames.Snapshot, snapshot);

        // A root that changes other roles' keys comes last when all of them are signed for the old one too, because then a client may see either. When
        // the old keys are lost, a client that asks between these two renames sees signatures that it does not know: it keeps what it has and asks again.
        var holdsUnderBoth = state.Root is { } before && IsSigned(before, RoleNames.Targets, set.Roles[RoleNames.Targets].File)
            && IsSigned(before, RoleNames.Snapshot, snapshot.File) && IsSigned(before, RoleNames.Timestamp, timestamp.File);
        if (!holdsUnderBoth)
        {
            WriteOnce(RoleNames.Root, set.Root);
        }

        if (timestamp != state.Timestamp)
        {
            RepositoryTree.Write(tree.TimestampFile, timestamp.Bytes);
        }

        WriteOnce(RoleNames.Root, set.Root);
    }

    private void WriteOnce<T>(string role, RoleFile<T> file)
        where T : TufMetadata
    {
        var path = tree.MetadataFile(role, file.Content.Version);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Bytes))
        {
            RepositoryTree.Write(path, file.Bytes);
        }
    }

    private RoleFile<SnapshotMetadata> Snapshot(RepositoryState state, Publication set)
    {
        var meta = set.Roles.ToDictionary(role => role.Key + ".json", role => Meta(role.Value));
        if (state.Snapshot is { } there && IsGood(set.Root, there) && Same(there.Content.Meta, meta))
        {
            return there;
        }

        var next = RoleFile<SnapshotMetadata>.Of(new SnapshotMetadata(tree.NewestVersion(RoleNames.Snapshot) + 1, Expiry(RoleNames.Snapshot), meta));
        return next.With(Sign(state, set, RoleNames.Snapshot, next.File));
    }

    private RoleFile<TimestampMetadata> Timestamp(RepositoryState state, Publication set, RoleFile<SnapshotMetadata> snapshot)
    {
        if (state.Timestamp is { } there && IsGood(set.Root, there) && snapshot == state.Snapshot)
        {
            return there;
        }

        var next = RoleFile<TimestampMetadata>.Of(new TimestampMetadata((state.Timestamp?.Content.Version ?? 0) + 1, Expiry(RoleNames.Timestamp), Meta(snapshot)));
        return next.With(Sign(state, set, RoleNames.Timestamp, next.File));
    }

    // For the root before as well, so that no moment is wrong for a client that has not seen the new one.
    private SignedMetadata Sign(RepositoryState state, Publication set, string role, SignedMetadata file) =>
        file.Sign(ring, new[] { set.Root, state.Root }.OfType<RoleFile<RootMetadata>>().Select(root => root.Content.KeysOf(role)));

    private bool IsGood<T>(RoleFile<RootMetadata> root, RoleFile<T> file)
        where T : TufMetadata =>
        IsSigned(root, file.Content.Type, file.File) && !RoleLifetimes.IsDue(file.Content.Type, file.Content.Expires, time.GetUtcNow());

    private static bool IsSigned(RoleFile<RootMetadata> root, string role, SignedMetadata file) => root.Content.KeysOf(role).AreEnough(file);

    private static MetaFile Meta<T>(RoleFile<T> file)
        where T : TufMetadata =>
        new(file.Content.Version, file.Bytes.Length, new Dictionary<string, string> { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file.Bytes)) });

    private static bool Same(IReadOnlyDictionary<string, MetaFile> left, Dictionary<string, MetaFile> right) =>
        left.Count == right.Count && right.All(meta => left.TryGetValue(meta.Key, out var other) && other.Version == meta.Value.Version && other.Hashes?["sha256"] == meta.Value.Hashes!["sha256"]);

    private DateTimeOffset Expiry(string role) => time.GetUtcNow() + RoleLifetimes.Of(role);

    // Drafts that have become what clients see.
    private void Tidy()
    {
        var state = RepositoryState.Read(tree);
        foreach (var role in tree.PendingRoles.ToList().Where(role => role == RoleNames.Root ? state.RootDraft is null : !state.Drafts.ContainsKey(role)))
        {
            File.Delete(tree.PendingFile(role));
        }
    }
}
