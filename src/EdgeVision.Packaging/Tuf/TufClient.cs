namespace EdgeVision.Packaging.Tuf;

/// <summary>The client side of a TUF 1.0 repository: what it says is believed only as far as the trusted root reaches.</summary>
/// <remarks>
/// Keeps its trusted metadata in one directory (<c>root.json</c>, <c>timestamp.json</c>, <c>snapshot.json</c>, <c>targets.json</c>, delegated roles percent-encoded),
/// each file written only after it was verified. What is there already and does not verify any more counts as absent.
/// One clock for all: <c>startTime</c>, so that an update that takes long is judged by the time it began.
/// Example: <c>await client.RefreshAsync(ct); var target = await client.FindTargetAsync("models/yolox/1.0.0/manifest.json", ct);</c>.
/// One thread at a time.
/// </remarks>
public sealed class TufClient
{
    private readonly TrustedStore _store;
    private readonly MetadataSource _source;
    private readonly DateTimeOffset _start;
    private readonly ITufFetcher _fetcher;
    private TargetsWalk? _walk;

    /// <param name="directory">With at least <c>root.json</c>; see <see cref="Initialize"/>.</param>
    /// <param name="startTime">What expiry is judged by.</param>
    /// <param name="replaceFile">Puts a whole file in the place of another, so that a power cut leaves one of them; null: written beside it and renamed.</param>
    public TufClient(string directory, ITufFetcher fetcher, DateTimeOffset startTime, Action<string, ReadOnlyMemory<byte>>? replaceFile = null)
    {
        _store = new TrustedStore(directory, replaceFile);
        _source = new MetadataSource(fetcher);
        (_fetcher, _start) = (fetcher, startTime);
    }

    /// <summary>Makes a root the trusted one of a directory. It must have come by a road that is trusted already.</summary>
    /// <exception cref="TufException">It is not a root that its own keys signed.</exception>
    public static void Initialize(string directory, ReadOnlyMemory<byte> trustedRoot, Action<string, ReadOnlyMemory<byte>>? replaceFile = null)
    {
        _ = RootChain.ReadTrusted(trustedRoot, RoleNames.Root);
        new TrustedStore(directory, replaceFile).Write(RoleNames.Root, trustedRoot);
    }

    /// <summary>Brings root, timestamp, snapshot and targets up to date (specification 5.3 to 5.6).</summary>
    /// <exception cref="TufException">Any rule broken, or the repository not to be had; what was verified before that stays trusted.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _walk = null;
        var root = await new RootChain(_store, _source, _start).UpdateAsync(cancellationToken).ConfigureAwait(false);
        var timestamp = await new TimestampStep(_store, _source, _start).UpdateAsync(root, cancellationToken).ConfigureAwait(false);
        var snapshot = await new SnapshotStep(_store, _source, _start).UpdateAsync(root, timestamp, cancellationToken).ConfigureAwait(false);
        var walk = new TargetsWalk(_store, _source, _start, root, snapshot);
        await walk.LoadTopAsync(cancellationToken).ConfigureAwait(false);
        _walk = walk;
    }

    /// <summary>Looks a target up, in delegated roles too, which are fetched as far as they are needed. Refreshes first if that was not done.</summary>
    /// <returns>Null when no role that may speak for the path has it.</returns>
    /// <exception cref="TufException">A role on the way cannot be verified or had.</exception>
    public async Task<TargetFile?> FindTargetAsync(string path, CancellationToken cancellationToken)
    {
        if (_walk is null)
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _walk!.FindAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A target's bytes, verified. For small ones: they are held in memory.</summary>
    /// <param name="maxBytes">A longer target is refused unread.</param>
    /// <exception cref="TufException">TooLarge, NotFound, Fetch, or MixMatch when the bytes are not those that were signed for.</exception>
    public async Task<byte[]> FetchTargetAsync(TargetFile target, long maxBytes, CancellationToken cancellationToken)
    {
        if (target.Length > maxBytes)
        {
            throw new TufException(TufFailure.TooLarge, $"{target.Path}: {target.Length} bytes, but at most {maxBytes} are taken.");
        }

        var bytes = await _fetcher.FetchAsync(RepositoryPath.OfTarget(target), target.Length, cancellationToken).ConfigureAwait(false)
            ?? throw new TufException(TufFailure.NotFound, $"{target.Path}: signed for, but not in the repository. Have its owner publish the file.");
        return target.Matches(bytes)
            ? bytes
            : throw new TufException(TufFailure.MixMatch, $"{target.Path}: not the {target.Length} bytes that were signed for. The file was changed or damaged: publish it again.");
    }
}
