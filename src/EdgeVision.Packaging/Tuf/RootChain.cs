namespace EdgeVision.Packaging.Tuf;

/// <summary>From the trusted root to the newest, one version at a time, each signed by the keys before it and by its own (specification 5.3).</summary>
internal sealed class RootChain(TrustedStore store, MetadataSource source, DateTimeOffset start)
{
    private const int MaxSteps = 64;

    /// <summary>Every step is written down before the next, so that a chain that is cut off is gone on with. Only the last root's date counts.</summary>
    public async Task<RootMetadata> UpdateAsync(CancellationToken cancellationToken)
    {
        var trusted = store.Read(RoleNames.Root)
            ?? throw new TufException(TufFailure.NotFound, "there is no trusted root.json yet. Begin with one that came by a road you trust.");
        var newest = await WalkAsync(ReadTrusted(trusted, RoleNames.Root), cancellationToken).ConfigureAwait(false);
        Freshness.Require(newest, $"root {newest.Version}", start);
        return newest;
    }

    /// <summary>A root that its own keys signed.</summary>
    public static RootMetadata ReadTrusted(ReadOnlyMemory<byte> bytes, string name)
    {
        var file = SignedMetadata.Read(bytes, name);
        var root = RootMetadata.Read(file, name);
        root.KeysOf(RoleNames.Root).Verify(file, name);
        return root;
    }

    private async Task<RootMetadata> WalkAsync(RootMetadata root, CancellationToken cancellationToken)
    {
        for (var step = 0; ; step++)
        {
            var name = $"root {root.Version + 1}";
            if (await source.TryFetchAsync(RoleNames.Root, root.Version + 1, cancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                return root;
            }

            RequireFew(step, root);
            root.KeysOf(RoleNames.Root).Verify(SignedMetadata.Read(bytes, name), name);
            var next = ReadTrusted(bytes, name);
            RequireNext(root, next, name);
            ForgetRevoked(root, next);
            store.Write(RoleNames.Root, bytes);
            root = next;
        }
    }

    private static void RequireFew(int step, RootMetadata root)
    {
        if (step == MaxSteps)
        {
            throw new TufException(TufFailure.TooLarge, $"root: more than {MaxSteps} new versions. They are kept up to {root.Version}: begin again to go on from there.");
        }
    }

    private static void RequireNext(RootMetadata root, RootMetadata next, string name)
    {
        if (next.Version != root.Version + 1)
        {
            throw new TufException(TufFailure.Rollback, $"{name}: says that it is version {next.Version}. Somebody put another root in its place.");
        }
    }

    // A stolen key may have signed versions so high that no honest one could follow; with the key they go.
    // Before the new root is written, because after a power cut between the two nobody would know any more.
    private void ForgetRevoked(RootMetadata root, RootMetadata next)
    {
        string[] online = [RoleNames.Timestamp, RoleNames.Snapshot];
        if (online.Any(role => next.KeysOf(role).Revokes(root.KeysOf(role))))
        {
            Array.ForEach(online, store.Delete);
        }
    }
}
