namespace EdgeVision.Packaging.Tuf;

/// <summary>The snapshot that the timestamp names (specification 5.5).</summary>
internal sealed class SnapshotStep(TrustedStore store, MetadataSource source, DateTimeOffset start)
{
    private const string Name = RoleNames.Snapshot;

    public async Task<SnapshotMetadata> UpdateAsync(RootMetadata root, TimestampMetadata timestamp, CancellationToken cancellationToken)
    {
        var trusted = TrustedFile.TryRead(store.Read(Name), root.KeysOf(Name), Name, SnapshotMetadata.Read);
        if (trusted?.Version == timestamp.Snapshot.Version)
        {
            Freshness.Require(trusted, Name, start);
            return trusted;
        }

        var bytes = await source.FetchAsync(Name, timestamp.Snapshot, root.ConsistentSnapshot, cancellationToken).ConfigureAwait(false);
        var offered = TrustedFile.Read(bytes, root.KeysOf(Name), Name, SnapshotMetadata.Read);
        if (offered.Version != timestamp.Snapshot.Version)
        {
            throw new TufException(TufFailure.MixMatch, $"snapshot: version {offered.Version}, but timestamp {timestamp.Version} names {timestamp.Snapshot.Version}. It is of another release.");
        }

        RequireNoRollback(trusted, offered);
        Freshness.Require(offered, Name, start);
        store.Write(Name, bytes);
        return offered;
    }

    private static void RequireNoRollback(SnapshotMetadata? trusted, SnapshotMetadata offered)
    {
        foreach (var (file, before) in trusted?.Meta ?? new Dictionary<string, MetaFile>())
        {
            if (!offered.Meta.TryGetValue(file, out var after) || after.Version < before.Version)
            {
                throw new TufException(
                    TufFailure.Rollback,
                    $"snapshot {offered.Version}: {file} {(after is null ? "is gone" : $"falls to version {after.Version}")} after {before.Version}. Somebody offers an old state again.");
            }
        }
    }
}
