using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>Packages on disk: every file, the manifest too, once under its digest in <see cref="ObjectStore"/>; a slot is a manifest's digest.</summary>
internal sealed partial class PackageStore(StateDisk disk, UpdateOptions options, ILogger logger)
{
    private readonly string _partial = Path.Combine(options.StateDirectory, "partial");

    public ObjectStore Objects { get; } = new(disk, options.StateDirectory);

    public static bool Is(ModelPackage package, Slot slot) => package.Digest == "sha256:" + slot.Digest && (slot.Variant is null || slot.Variant == package.Variant);

    public void Prepare()
    {
        Objects.Prepare();
        disk.CreateDirectory(_partial);
    }

    /// <summary>The bytes of this object that have arrived.</summary>
    public PartFile OpenPart(ManifestFile file) => new(disk, PartOf(file), file);

    public long LengthOfPart(ManifestFile file) => new FileInfo(PartOf(file)) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Makes a whole part an object.</summary>
    public void Adopt(ManifestFile file) => Objects.Adopt(PartOf(file), file.Sha256);

    /// <summary>The package of a slot if every byte of it is as its digests say.</summary>
    public ModelPackage? TryOpen(Slot slot, out string problem)
    {
        try
        {
            var package = ModelPackage.OpenObjects(Objects.Find(slot.Digest), file => Objects.Find(file.Sha256));
            problem = package.Digest == "sha256:" + slot.Digest ? "" : $"the object {slot.Digest} holds {package.Digest}";
            return problem.Length > 0 ? null : slot.Variant is null ? package : package.Select(slot.Variant);
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Deletes every object that no slot of this record needs, and all that is unfinished unless its deployment is.</summary>
    public void Sweep(UpdateRecord record)
    {
        var pending = !TransitionTable.IsEnd(record.State);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slot in new[] { record.Active, record.Previous, record.Older, pending ? record.Candidate : null }.OfType<Slot>())
        {
            kept.Add(slot.Digest);
            kept.UnionWith(FilesOf(slot.Digest).Select(file => file.Sha256));
        }

        Delete(Objects.All().Where(path => !kept.Contains(Path.GetFileName(path))));
        if (!pending)
        {
            SweepPartial([]);
        }
    }

    public void SweepPartial(IReadOnlyCollection<string> wanted) =>
        Delete(!Directory.Exists(_partial) ? [] : Directory.GetFileSystemEntries(_partial).Where(path => !wanted.Contains(Path.GetFileNameWithoutExtension(path))));

    private string PartOf(ManifestFile file) => Path.Combine(_partial, file.Sha256 + ".part");

    // Empty when it is not there yet, or rotten: then nothing of it can be served either.
    private IReadOnlyList<ManifestFile> FilesOf(string digest)
    {
        try
        {
            var path = Objects.Find(digest);
            return File.Exists(path) && new FileInfo(path).Length <= ManifestReader.MaxBytes ? ManifestReader.Read(File.ReadAllBytes(path), path).Files : [];
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // What cannot be deleted costs disk, not the update: tried again at the next end or start.
    private void Delete(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            try
            {
                disk.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotDeleted(logger, path, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6002, LogLevel.Warning, "{Path} is not needed any more but cannot be deleted: {Problem}")]
        public static partial void NotDeleted(ILogger logger, string path, string problem);
    }
}
