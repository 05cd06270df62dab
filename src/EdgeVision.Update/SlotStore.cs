using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>Packages on disk: <c>models/&lt;manifest sha256&gt;</c> whole and verified, <c>.incoming</c> beside it while it is put together.</summary>
/// <remarks>Names are digests and names that a manifest may hold, so no path leaves the directory. Links are never followed: a slot that is one counts as damaged.</remarks>
internal sealed partial class SlotStore(UpdateOptions options, ILogger logger)
{
    private readonly string _models = Path.Combine(options.StateDirectory, "models");
    private readonly string _partial = Path.Combine(options.StateDirectory, "partial");

    public void Prepare()
    {
        Directory.CreateDirectory(_models);
        Directory.CreateDirectory(_partial);
    }

    public string IncomingOf(string digest) => SlotOf(digest) + ".incoming";

    public string PartOf(string sha256) => Path.Combine(_partial, sha256 + ".part");

    /// <summary>The slot if it is there and every byte of it is as its digest says.</summary>
    public ModelPackage? TryOpen(Slot slot, out string problem)
    {
        if (TryOpenAt(SlotOf(slot.Digest), slot.Digest, out problem) is { } whole)
        {
            return whole;
        }

        if (TryOpenIncoming(slot.Digest, out _) is null)
        {
            return null;
        }

        Promote(slot.Digest);
        return TryOpenAt(SlotOf(slot.Digest), slot.Digest, out problem);
    }

    public static bool Is(ModelPackage package, Slot slot) => package.Digest == "sha256:" + slot.Digest;

    public ModelPackage? TryOpenIncoming(string digest, out string problem) => TryOpenAt(IncomingOf(digest), digest, out problem);

    /// <summary>Makes the incoming package the slot. A damaged one of that name goes: nothing reads it any more.</summary>
    public void Promote(string digest)
    {
        DurableDisk.Delete(SlotOf(digest));
        DurableDisk.MoveDirectory(IncomingOf(digest), SlotOf(digest));
    }

    /// <summary>A file with this digest in another slot or the factory package, by what their manifests say: the caller hashes what it copies.</summary>
    public string? Find(ManifestFile wanted)
    {
        foreach (var directory in Directory.GetDirectories(_models).Where(IsSlot).Append(options.FactoryDirectory))
        {
            var file = FilesOf(directory).FirstOrDefault(file => file.Sha256 == wanted.Sha256 && file.Size == wanted.Size);
            var path = file is null ? null : Path.Combine(directory, file.Name);
            if (path is not null && File.Exists(path) && !DurableDisk.IsLink(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Deletes all but the slots of this record, and all that is unfinished unless its deployment is.</summary>
    public void Sweep(UpdateRecord record)
    {
        var pending = TransitionTable.IsEnd(record.State) ? null : record.Candidate?.Digest;
        string?[] kept = [record.Active?.Digest, record.Previous?.Digest, record.Older?.Digest, pending, pending is null ? null : pending + ".incoming"];
        Delete(Directory.GetFileSystemEntries(_models).Where(path => !kept.Contains(Path.GetFileName(path))));
        if (pending is null)
        {
            SweepPartial([]);
        }
    }

    public void SweepPartial(IReadOnlyCollection<string> wanted) =>
        Delete(Directory.GetFileSystemEntries(_partial).Where(path => !wanted.Contains(Path.GetFileNameWithoutExtension(path))));

    private string SlotOf(string digest) => Path.Combine(_models, digest);

    private static bool IsSlot(string directory) => !directory.EndsWith(".incoming", StringComparison.Ordinal) && !DurableDisk.IsLink(directory);

    // What cannot be deleted costs disk, not the update: tried again at the next end or start.
    private void Delete(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            try
            {
                DurableDisk.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotDeleted(logger, path, exception.Message);
            }
        }
    }

    private static ModelPackage? TryOpenAt(string directory, string digest, out string problem)
    {
        try
        {
            problem = $"{directory} is or holds a link";
            if (DurableDisk.IsLink(directory) || (Directory.Exists(directory) && Directory.GetFileSystemEntries(directory).Any(DurableDisk.IsLink)))
            {
                return null;
            }

            var package = ModelPackage.Open(directory);
            problem = package.Digest == "sha256:" + digest ? "" : $"{directory} holds {package.Digest}";
            return problem.Length == 0 ? package : null;
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static IReadOnlyList<ManifestFile> FilesOf(string directory)
    {
        var path = Path.Combine(directory, ModelPackage.ManifestName);
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= ManifestReader.MaxBytes ? ManifestReader.Read(File.ReadAllBytes(path), path).Files : [];
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6002, LogLevel.Warning, "{Path} is not needed any more but cannot be deleted: {Problem}")]
        public static partial void NotDeleted(ILogger logger, string path, string problem);
    }
}
