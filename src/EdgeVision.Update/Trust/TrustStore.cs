using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>What this device believes of the repository: <c>trust/</c>, the TUF client's metadata, and <c>policy.json</c>, the last policy.</summary>
/// <remarks>The policy lies beside the folder, because in it a delegated role called "policy" would take its place.</remarks>
internal sealed class TrustStore(StateDisk disk, UpdateOptions options)
{
    private readonly string _policy = Path.Combine(options.StateDirectory, "policy.json");

    public string Directory { get; } = Path.Combine(options.StateDirectory, "trust");

    /// <summary>The last verified one; none when there was none or the disk has spoilt it.</summary>
    public ReleasePolicy Policy
    {
        get
        {
            try
            {
                return File.Exists(_policy) && new FileInfo(_policy).Length <= ReleasePolicy.MaxBytes ? ReleasePolicy.Read(File.ReadAllBytes(_policy)) : ReleasePolicy.Empty;
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                return ReleasePolicy.Empty;
            }
        }
    }

    /// <summary>Of the snapshot, as last trusted; 0 = none.</summary>
    public long CatalogueVersion
    {
        get
        {
            var path = Path.Combine(Directory, RoleNames.Snapshot + ".json");
            try
            {
                return File.Exists(path) ? SnapshotMetadata.Read(SignedMetadata.Read(File.ReadAllBytes(path), RoleNames.Snapshot), RoleNames.Snapshot).Version : 0;
            }
            catch (Exception exception) when (exception is TufException or IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <summary>Puts the configured root in its place, unless a root is there: that one may be newer.</summary>
    /// <exception cref="TufException">The configured file is no root.</exception>
    public StepFailure? Prepare()
    {
        disk.CreateDirectory(Directory);
        if (File.Exists(RootPath))
        {
            return null;
        }

        if (options.TrustRootFile is not { } file)
        {
            return new StepFailure(UpdateCode.Signature, "this device has no trust root, so that nothing can be verified: give it the repository's root.json as [update] root_file and restart the daemon");
        }

        if (!File.Exists(file))
        {
            return new StepFailure(UpdateCode.Signature, $"the trust root {file} is not there: put the repository's root.json there");
        }

        TufClient.Initialize(Directory, File.ReadAllBytes(file));
        Replace(RootPath, File.ReadAllBytes(RootPath)); // once more, durably
        return null;
    }

    public void StorePolicy(ReadOnlyMemory<byte> verified) => Replace(_policy, verified);

    public void Replace(string path, ReadOnlyMemory<byte> bytes) => disk.Replace(path, bytes);

    private string RootPath => Path.Combine(Directory, RoleNames.Root + ".json");
}
