namespace EdgeVision.Packaging.Tuf;

/// <summary>From the top-level targets down the delegations, first match first, before the deeper ones of the next (specification 5.6).</summary>
internal sealed class TargetsWalk(TrustedStore store, MetadataSource source, DateTimeOffset start, RootMetadata root, SnapshotMetadata snapshot)
{
    private const int MaxDelegations = 32;
    private readonly Dictionary<string, TargetsMetadata> _loaded = new(StringComparer.Ordinal);

    public Task LoadTopAsync(CancellationToken cancellationToken) => LoadAsync(RoleNames.Targets, root.KeysOf(RoleNames.Targets), cancellationToken);

    public async Task<TargetFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<(string Name, RoleKeys Keys)>([(RoleNames.Targets, root.KeysOf(RoleNames.Targets))]);
        while (next.TryPop(out var role))
        {
            if (!visited.Add(role.Name))
            {
                continue; // a cycle, or a role that was asked on another way
            }

            RequireFew(visited.Count, path);
            var targets = await LoadAsync(role.Name, role.Keys, cancellationToken).ConfigureAwait(false);
            if (targets.Targets.TryGetValue(path, out var entry))
            {
                return new TargetFile(path, entry.Length, entry.Hashes, entry.Custom, root.ConsistentSnapshot);
            }

            Push(targets.Delegations, path, next);
        }

        return null;
    }

    private static void Push(Delegations? delegations, string path, Stack<(string Name, RoleKeys Keys)> next)
    {
        var matching = delegations?.For(path).ToList() ?? [];
        if (matching.Count > 0 && matching[^1].Terminating)
        {
            next.Clear();
        }

        foreach (var role in Enumerable.Reverse(matching))
        {
            next.Push((role.Name, new RoleKeys(delegations!.Keys, role.Role)));
        }
    }

    private static void RequireFew(int roles, string path)
    {
        if (roles > MaxDelegations + 1)
        {
            throw new TufException(TufFailure.TooLarge, $"{path}: more than {MaxDelegations} roles would have to be asked. Have the repository's owner delegate with narrower paths.");
        }
    }

    private async Task<TargetsMetadata> LoadAsync(string role, RoleKeys keys, CancellationToken cancellationToken)
    {
        if (_loaded.TryGetValue(role, out var known))
        {
            return known;
        }

        if (!snapshot.Meta.TryGetValue(role + ".json", out var meta))
        {
            throw new TufException(TufFailure.NotFound, $"{role}: snapshot {snapshot.Version} does not name it. Have the repository's owner publish all roles together.");
        }

        var targets = TryTrusted(role, keys, meta) ?? await FetchAsync(role, keys, meta, cancellationToken).ConfigureAwait(false);
        _loaded.Add(role, targets);
        return targets;
    }

    private TargetsMetadata? TryTrusted(string role, RoleKeys keys, MetaFile meta)
    {
        var bytes = store.Read(role);
        var trusted = TrustedFile.TryRead(bytes, keys, role, TargetsMetadata.Read);
        return trusted?.Version == meta.Version && trusted.Expires > start && MetadataSource.Matches(meta, bytes!) ? trusted : null;
    }

    private async Task<TargetsMetadata> FetchAsync(string role, RoleKeys keys, MetaFile meta, CancellationToken cancellationToken)
    {
        var bytes = await source.FetchAsync(role, meta, root.ConsistentSnapshot, cancellationToken).ConfigureAwait(false);
        var offered = TrustedFile.Read(bytes, keys, role, TargetsMetadata.Read);
        if (offered.Version != meta.Version)
        {
            throw new TufException(TufFailure.MixMatch, $"{role}: version {offered.Version}, but snapshot {snapshot.Version} names {meta.Version}. It is of another release.");
        }

        Freshness.Require(offered, role, start);
        store.Write(role, bytes);
        return offered;
    }
}
