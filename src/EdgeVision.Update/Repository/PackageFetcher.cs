using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The step Downloading: all files of a package into the object store, each whole and verified.</summary>
/// <remarks>
/// Cheap and safe first: the manifest's digest before its text, its fit before its files, the disk before the network, what is here before the server's.
/// A file gets its name in the store only by a rename after its digest was read back from disk, so a kill leaves nothing to doubt.
/// </remarks>
internal sealed class PackageFetcher(UpdateParts parts, IModelRepository repository, Func<CancellationToken, Task> mayFetch)
{
    private readonly ModelDeployment _deployment = parts.Journal.Record.Deployment!;
    private readonly PackageStore _packages = parts.Packages;
    private readonly DeltaFetcher _deltas = new(parts, repository);

    public async Task<StepFailure?> FetchAsync(CancellationToken cancellationToken)
    {
        _packages.Prepare();
        var manifestFile = new ManifestFile("manifest", ModelPackage.ManifestName, _deployment.ManifestSize, _deployment.ManifestSha256);
        return await FetchAsync(manifestFile, _ => { }, cancellationToken).ConfigureAwait(false)
            ?? ReadManifest(out var manifest) ?? CheckManifest(manifest!) ?? CheckDisk(manifest!)
            ?? await FetchFilesAsync(manifest!, cancellationToken).ConfigureAwait(false);
    }

    private StepFailure? ReadManifest(out Manifest? manifest)
    {
        manifest = null;
        try
        {
            manifest = ManifestReader.Read(File.ReadAllBytes(_packages.Objects.Find(_deployment.ManifestSha256)), $"manifest of {_deployment.Model}");
            return null;
        }
        catch (PackageException exception)
        {
            return new StepFailure(UpdateCode.Schema, exception.Message);
        }
    }

    private StepFailure? CheckManifest(Manifest manifest) => manifest.Model != _deployment.Model || manifest.Version != _deployment.Version
        ? new StepFailure(UpdateCode.MixMatch, $"the package is {manifest.Model} {manifest.Version}, the deployment says {_deployment.Model} {_deployment.Version}")
        : DeviceFit.Check(manifest, parts.Options, parts.Journal.Now);

    // A fifth more than the files, because the parts of a file system are not used to the last byte.
    private StepFailure? CheckDisk(Manifest manifest)
    {
        _packages.SweepPartial([.. manifest.Files.Select(file => file.Sha256), .. parts.Journal.Record.Deltas.Select(delta => delta.Sha256)]);
        var missing = manifest.Files.Where(file => !_packages.Objects.Has(file.Sha256)).ToArray();
        var need = Math.Max(missing.Sum(file => Math.Max(0, file.Size - _packages.LengthOfPart(file))) * 6 / 5, missing.Length > 0 ? (manifest.Requires.DiskMiB ?? 0L) << 20 : 0);
        var free = new DriveInfo(parts.Options.StateDirectory).AvailableFreeSpace;
        return need > free - parts.Options.ReserveBytes
            ? new StepFailure(UpdateCode.DiskFull, $"{need} bytes are needed and {parts.Options.ReserveBytes} to stay free, but the disk has only {free}")
            : null;
    }

    private async Task<StepFailure?> FetchFilesAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var total = Math.Max(1, manifest.Files.Sum(file => file.Size));
        var done = 0L;
        foreach (var file in manifest.Files)
        {
            var before = done;
            if (await FetchAsync(file, here => parts.Board.ShowProgress((int)(100 * (before + here) / total)), cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return failure;
            }

            done += file.Size;
            parts.Board.ShowProgress((int)(100 * done / total));
        }

        return null;
    }

    private async Task<StepFailure?> FetchAsync(ManifestFile file, Action<long> arrived, CancellationToken cancellationToken)
    {
        if (IsWhole(file))
        {
            return null;
        }

        using (var part = _packages.OpenPart(file))
        {
            if (!TryCopy(file, part))
            {
                await mayFetch(cancellationToken).ConfigureAwait(false);
                if (!await _deltas.TryFetchAsync(file, part, cancellationToken).ConfigureAwait(false)
                    && await repository.FetchAsync(file, part, arrived, cancellationToken).ConfigureAwait(false) is { } failure)
                {
                    return failure;
                }
            }
        }

        parts.FaultPoint($"file.{file.Role}.before");
        _packages.Adopt(file);
        parts.FaultPoint($"file.{file.Role}.after");
        return null;
    }

    // Hashed, because an object may have rotted since it was adopted.
    private bool IsWhole(ManifestFile file) => _packages.Objects.Has(file.Sha256) && FileDigest.Matches(_packages.Objects.Find(file.Sha256), file);

    /// <summary>From the factory package, by what its manifest says.</summary>
    private bool TryCopy(ManifestFile file, PartFile part)
    {
        if (FactoryFiles.Find(parts.Options.FactoryDirectory, file) is not { } path || !FileDigest.Matches(path, file))
        {
            return false;
        }

        part.Discard();
        using (var here = File.OpenRead(path))
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = here.Read(buffer)) > 0 && part.Length < file.Size && part.Write(buffer.AsMemory(0, count));)
            {
            }
        }

        return part.Length == file.Size && part.Matches(file);
    }
}
