using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The step Downloading: all files of a package into its incoming directory, each whole and verified.</summary>
/// <remarks>
/// Cheap and safe first: the manifest's digest before its text, its fit before its files, the disk before the network, another slot's file before the server's.
/// A file enters the incoming directory only by a rename after its digest was read back from disk, so a kill leaves nothing to doubt.
/// </remarks>
internal sealed class PackageFetcher(ModelDeployment deployment, SlotStore slots, ObjectDownloader downloader, UpdateOptions options, Action<string> faultPoint)
{
    private readonly string _incoming = slots.IncomingOf(deployment.ManifestSha256);
    private readonly ManifestFile _manifestFile = new("manifest", ModelPackage.ManifestName, deployment.ManifestSize, deployment.ManifestSha256);

    /// <param name="progress">Told percent of all bytes, 0 to 100.</param>
    public async Task<StepFailure?> FetchAsync(Action<int> progress, CancellationToken cancellationToken)
    {
        if (slots.TryOpen(new Slot(deployment.ManifestSha256, null, 0, null), out _) is { } present)
        {
            return CheckManifest(present.Manifest);
        }

        PrepareIncoming();
        if (await FetchAsync(_manifestFile, _ => { }, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }

        return ReadManifest(out var manifest) ?? CheckManifest(manifest!) ?? CheckDisk(manifest!)
            ?? await FetchFilesAsync(manifest!, progress, cancellationToken).ConfigureAwait(false);
    }

    private void PrepareIncoming()
    {
        if (DurableDisk.IsLink(_incoming))
        {
            DurableDisk.Delete(_incoming);
        }

        Directory.CreateDirectory(_incoming);
    }

    private StepFailure? ReadManifest(out Manifest? manifest)
    {
        manifest = null;
        try
        {
            manifest = ManifestReader.Read(File.ReadAllBytes(PathOf(_manifestFile)), $"manifest of {deployment.Model}");
            return null;
        }
        catch (PackageException exception)
        {
            return new StepFailure(UpdateCode.Schema, exception.Message);
        }
    }

    private StepFailure? CheckManifest(Manifest manifest) => manifest.Model == deployment.Model
        ? DeviceFit.Check(manifest.Requires)
        : new StepFailure(UpdateCode.MixMatch, $"the package is {manifest.Model} {manifest.Version}, the deployment says {deployment.Model}");

    private StepFailure? CheckDisk(Manifest manifest)
    {
        slots.SweepPartial([.. manifest.Files.Select(file => file.Sha256)]);
        var need = manifest.Files.Where(file => !File.Exists(PathOf(file))).Sum(file => Math.Max(0, file.Size - HereOf(file)));
        var free = new DriveInfo(options.StateDirectory).AvailableFreeSpace;
        return need > free - options.ReserveBytes
            ? new StepFailure(UpdateCode.DiskFull, $"{need} bytes are to be fetched and {options.ReserveBytes} to stay free, but the disk has only {free}")
            : null;
    }

    private async Task<StepFailure?> FetchFilesAsync(Manifest manifest, Action<int> progress, CancellationToken cancellationToken)
    {
        var total = Math.Max(1, manifest.Files.Sum(file => file.Size));
        var done = 0L;
        foreach (var file in manifest.Files)
        {
            var before = done;
            if (await FetchAsync(file, here => progress((int)(100 * (before + here) / total)), cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }

            done += file.Size;
            progress((int)(100 * done / total));
        }

        return null;
    }

    private async Task<StepFailure?> FetchAsync(ManifestFile file, Action<long> arrived, CancellationToken cancellationToken)
    {
        var target = PathOf(file);
        if (IsWhole(target, file))
        {
            return null;
        }

        using (var part = new PartFile(slots.PartOf(file.Sha256)))
        {
            if (!TryCopy(file, part) && await downloader.FetchAsync(deployment.Source, file, part, arrived, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }
        }

        faultPoint($"file.{file.Role}.before");
        DurableDisk.MoveFile(slots.PartOf(file.Sha256), target);
        faultPoint($"file.{file.Role}.after");
        return null;
    }

    // A copy and not a hard link, because one bad block would then break two slots.
    private bool TryCopy(ManifestFile file, PartFile part)
    {
        if (slots.Find(file) is not { } path)
        {
            return false;
        }

        part.Discard();
        using (var here = File.OpenRead(path))
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = here.Read(buffer)) > 0 && part.Length <= file.Size;)
            {
                part.Write(buffer.AsSpan(0, count));
            }
        }

        if (part.Matches(file))
        {
            return true;
        }

        part.Discard();
        return false;
    }

    private static bool IsWhole(string path, ManifestFile file)
    {
        if (!File.Exists(path) || DurableDisk.IsLink(path))
        {
            DurableDisk.Delete(path);
            return false;
        }

        using var whole = new PartFile(path);
        return whole.Matches(file);
    }

    private string PathOf(ManifestFile file) => Path.Combine(_incoming, file.Name);

    private long HereOf(ManifestFile file) => File.Exists(slots.PartOf(file.Sha256)) ? new FileInfo(slots.PartOf(file.Sha256)).Length : 0;
}
