namespace EdgeVision.Packaging.Tuf;

/// <summary>Metadata files of the repository, each within the size that its kind may have.</summary>
internal sealed class MetadataSource(ITufFetcher fetcher)
{
    private const long MaxRoot = 64 * 1024;
    private const long MaxTimestamp = 16 * 1024;
    private const long MaxSnapshot = 2 * 1024 * 1024;
    private const long MaxTargets = 5 * 1024 * 1024;

    public static long Limit(string role) => role switch
    {
        RoleNames.Root => MaxRoot,
        RoleNames.Timestamp => MaxTimestamp,
        RoleNames.Snapshot => MaxSnapshot,
        _ => MaxTargets,
    };

    /// <returns>Null when the repository has no such file.</returns>
    public Task<byte[]?> TryFetchAsync(string role, long? version, CancellationToken cancellationToken) =>
        fetcher.FetchAsync(RepositoryPath.OfRole(role, version), Limit(role), cancellationToken);

    /// <summary>The file another one names: its length is the limit when given, and its digests must match.</summary>
    public async Task<byte[]> FetchAsync(string role, MetaFile meta, bool consistent, CancellationToken cancellationToken)
    {
        if (meta.Length > Limit(role))
        {
            throw new TufException(TufFailure.TooLarge, $"{role}.json: {meta.Length} bytes, but such a file has at most {Limit(role)}.");
        }

        var path = RepositoryPath.OfRole(role, consistent ? meta.Version : null);
        var bytes = await fetcher.FetchAsync(path, meta.Length ?? Limit(role), cancellationToken).ConfigureAwait(false)
            ?? throw new TufException(TufFailure.NotFound, $"{path}: the repository names it, but does not have it. Have its owner publish all files of a release together.");
        return Matches(meta, bytes) ? bytes : throw new TufException(TufFailure.MixMatch, $"{path}: length or digest differ from what is signed for. It is of another release, or was changed.");
    }

    public static bool Matches(MetaFile meta, byte[] bytes) =>
        (meta.Length is not { } length || length == bytes.Length) && (meta.Hashes is null || FileHashes.Match(meta.Hashes, bytes));
}
