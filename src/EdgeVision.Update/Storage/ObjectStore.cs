using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>Files named by what they hold: <c>objects/sha256/ab/ab12...</c>, read-only. A name that is there is whole, because it came by a rename after its digest was read back.</summary>
/// <remarks>Names are hex digits, so no path leaves the directory. Links are never followed: whoever finds one finds damage.</remarks>
internal sealed class ObjectStore(StateDisk disk, string stateDirectory)
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private readonly string _root = Path.Combine(stateDirectory, "objects", "sha256");

    public void Prepare() => disk.CreateDirectory(_root);

    /// <summary>Where the object lies, or would.</summary>
    /// <exception cref="PackageException">There is a link on the way.</exception>
    public string Find(string sha256) => LinkOnTheWay(sha256) is not { } link ? PathOf(sha256) : throw new PackageException($"{link} is a link, and links are not followed here: somebody has changed the store. The object counts as damaged.");

    /// <summary>Something of this name is there, and no link on the way.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256)) && LinkOnTheWay(sha256) is null;

    public IEnumerable<string> All() => !Directory.Exists(_root) || DurableDisk.IsLink(_root) ? [] : Directory.GetDirectories(_root).Where(path => !DurableDisk.IsLink(path)).SelectMany(Directory.GetFileSystemEntries);

    /// <param name="part">Whole and synced.</param>
    public void Adopt(string part, string sha256)
    {
        var path = PathOf(sha256);
        var directory = Path.GetDirectoryName(path)!;
        foreach (var link in new[] { Path.GetDirectoryName(_root)!, _root, directory }.Where(DurableDisk.IsLink))
        {
            disk.Delete(link);
        }

        disk.CreateDirectory(directory);
        if (Directory.Exists(path))
        {
            disk.Delete(path);
        }

        disk.Rename(part, path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ReadOnly);
        }

        disk.SyncDirectory(directory);
    }

    private string? LinkOnTheWay(string sha256) =>
        new[] { Path.GetDirectoryName(_root)!, _root, Path.GetDirectoryName(PathOf(sha256))!, PathOf(sha256) }.FirstOrDefault(DurableDisk.IsLink);

    private string PathOf(string sha256) => Path.Combine(_root, sha256[..2], sha256);
}
