namespace EdgeVision.Packaging.Tuf;

/// <summary>The newest timestamp (specification 5.4).</summary>
internal sealed class TimestampStep(TrustedStore store, MetadataSource source, DateTimeOffset start)
{
    private const string Name = RoleNames.Timestamp;

    public async Task<TimestampMetadata> UpdateAsync(RootMetadata root, CancellationToken cancellationToken)
    {
        var trusted = TrustedFile.TryRead(store.Read(Name), root.KeysOf(Name), Name, TimestampMetadata.Read);
        var bytes = await source.TryFetchAsync(Name, null, cancellationToken).ConfigureAwait(false)
            ?? throw new TufException(TufFailure.NotFound, "timestamp.json: the repository does not have it. Check the address, or have the owner publish it.");
        var offered = TrustedFile.Read(bytes, root.KeysOf(Name), Name, TimestampMetadata.Read);
        if (trusted?.Version == offered.Version)
        {
            Freshness.Require(trusted, Name, start);
            return trusted; // whatever else it says, it is not news
        }

        RequireNoRollback(trusted, offered);
        Freshness.Require(offered, Name, start);
        store.Write(Name, bytes);
        return offered;
    }

    private static void RequireNoRollback(TimestampMetadata? trusted, TimestampMetadata offered)
    {
        if (trusted is not null && (offered.Version < trusted.Version || offered.Snapshot.Version < trusted.Snapshot.Version))
        {
            throw new TufException(
                TufFailure.Rollback,
                $"timestamp: {offered.Version} with snapshot {offered.Snapshot.Version} after {trusted.Version} with snapshot {trusted.Snapshot.Version}. Somebody offers an old state again.");
        }
    }
}
