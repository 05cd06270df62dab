using System.Globalization;
using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Brings a repository from a stick or an archive into the state directory, where the daemon finds it and treats it as it treats any deployment.</summary>
/// <remarks>
/// In: a folder or an uncompressed tar with <c>metadata/</c>, <c>targets/</c> and <c>objects/</c>, and which release is meant where there are several. Out: <c>import/ID/</c> with
/// the metadata, the manifests, the objects of that one release and <c>deployment.json</c>, all of it synced and then renamed into place: the daemon sees the whole or nothing.
/// Nothing is trusted here. Names, sizes and digests are held to the rules so that nothing but a repository is copied; signatures, expiry, counters and all gates are the daemon's.
/// Example: a stick with two models wants --model; pulled out in the middle it leaves nothing. One at a time for each state directory.
/// </remarks>
public sealed class ImportStage
{
    private const int IdBytes = 4;
    private readonly IImportSource _source;
    private readonly string _from;
    private readonly string _imports;
    private readonly ImportIndex _index = new();

    /// <param name="from">A folder or a tar.</param>
    public ImportStage(string from, string stateDirectory)
    {
        _source = Directory.Exists(from) ? new ImportFolder(from) : File.Exists(from) ? new ImportTar(from) : throw new ImportException($"{from} is not there: name a folder or a tar that holds a repository");
        (_from, _imports) = (from, ImportDesk.FolderOf(stateDirectory));
    }

    /// <param name="model">Null = the only one there is; so is the version.</param>
    /// <param name="reserveBytes">Of the disk, left free.</param>
    /// <returns>What the daemon will be asked to do.</returns>
    /// <exception cref="ImportException">Refused; nothing is left behind.</exception>
    public ModelDeployment Place(string? model, string? version, long reserveBytes, DateTimeOffset now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"import-{now.UtcDateTime:yyyyMMdd'T'HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}");
        var incoming = Path.Combine(_imports, id + ImportDesk.Incoming);
        try
        {
            using var held = ImportDesk.Lock(_imports);
            Directory.CreateDirectory(incoming);
            CopyWhatIsSigned(incoming);
            var choice = ImportChoice.Among(_index.Paths, model, version);
            CopyObjects(incoming, choice, reserveBytes);
            var manifest = Path.Combine(incoming, choice.Path);
            DurableDisk.Write(Path.Combine(incoming, ImportOrder.FileName), ImportOrder.ToBytes(id, choice, new FileInfo(manifest).Length));
            SyncFolders(incoming);
            DurableDisk.MoveDirectory(incoming, Path.Combine(_imports, id));
            return ImportOrder.TryRead(Path.Combine(_imports, id)) ?? throw new ImportException($"{choice.Model} {choice.Version} is no name and version that a deployment can have");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PackageException)
        {
            throw new ImportException(DurableDisk.IsFull(exception) ? $"the disk of {_imports} is full" : exception.Message, exception);
        }
        finally
        {
            ImportDesk.TryDelete(incoming);
        }
    }

    private void CopyWhatIsSigned(string incoming)
    {
        foreach (var entry in _source.Entries())
        {
            if (_index.Add(entry) != ImportKind.Object)
            {
                Copy(entry, incoming);
            }
        }
    }

    private void CopyObjects(string incoming, ImportChoice choice, long reserveBytes)
    {
        var bytes = File.ReadAllBytes(Path.Combine(incoming, choice.Path));
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != choice.Sha256)
        {
            throw new ImportException($"{_from}: {choice.Path} is damaged: copy the repository again");
        }

        var files = ManifestReader.Read(bytes, choice.Path).Files;
        var wanted = files.DistinctBy(file => file.Sha256).ToDictionary(file => ImportRules.ObjectPath(file.Sha256), StringComparer.Ordinal);
        foreach (var (path, file) in wanted)
        {
            var size = _index.SizeOf(path) ?? throw new ImportException($"{_from}: {path} is missing, the {file.Role} of {choice.Model} {choice.Version}: copy the whole repository");
            _ = size == file.Size ? size : throw new ImportException($"{_from}: {path} has {size} bytes, its manifest says {file.Size}: copy the repository again");
        }

        var (need, free) = (wanted.Values.Sum(file => file.Size), new DriveInfo(_imports).AvailableFreeSpace);
        if (2 * need > free - reserveBytes) // once here, and once more where models live
        {
            throw new ImportException($"{2 * need} bytes are needed and {reserveBytes} to stay free, but the disk of {_imports} has only {free}");
        }

        foreach (var entry in _source.Entries().Where(entry => wanted.Remove(entry.Path)))
        {
            if (Copy(entry, incoming) != Path.GetFileName(entry.Path))
            {
                throw new ImportException($"{_from}: {entry.Path} is damaged: copy the repository again");
            }
        }

        var manifest = Path.Combine(incoming, ImportRules.ObjectPath(choice.Sha256)); // where devices fetch it from
        Directory.CreateDirectory(Path.GetDirectoryName(manifest)!);
        DurableDisk.Write(manifest, bytes);
        _ = wanted.Count == 0 ? 0 : throw new ImportException($"{_from} changed while it was read");
    }

    /// <returns>The digest of what was copied.</returns>
    private string Copy(ImportEntry entry, string incoming)
    {
        var path = Path.Combine(incoming, entry.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var from = entry.Open();
        using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var (buffer, left) = (new byte[128 * 1024], entry.Size);
        for (int count; (count = from.Read(buffer)) > 0; left -= count)
        {
            _ = count <= left ? left : throw new ImportException($"{_from}: {ImportTar.Shown(entry.Path)} grew while it was read");
            digest.AppendData(buffer, 0, count);
            to.Write(buffer, 0, count);
        }

        _ = left == 0 ? left : throw new ImportException($"{_from}: {ImportTar.Shown(entry.Path)} ends early: was the stick pulled out?");
        to.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static void SyncFolders(string incoming)
    {
        foreach (var folder in Directory.GetDirectories(incoming, "*", SearchOption.AllDirectories))
        {
            DurableDisk.SyncDirectory(folder);
        }
    }
}
