using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>Pictures on the disk as items.</summary>
internal static class PictureFiles
{
    // Larger files are no pictures that anybody feeds a network with.
    private const long MaxBytes = 256L << 20;

    private static readonly string[] _endings = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    public static bool IsPicture(string path) => Array.Exists(_endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Pictures in a folder, in natural order.</summary>
    public static string[] In(string folder, bool deep = false) =>
        [.. Directory.EnumerateFiles(folder, "*", deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly).Where(IsPicture).Order(NaturalOrder.Instance)];

    public static bool Any(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(IsPicture);

    public static DatasetItem Item(string path, string name, Truth truth)
    {
        var file = new FileInfo(path);
        return new DatasetItem(name, file.Exists ? file.Length : -1, truth, new StoredPicture(IsEncoded: true, () => Read(path, name), stored => ImageCodec.Decode(stored.Span, name)));
    }

    /// <summary>A path that a file of the set names, which must lie in the set's folder.</summary>
    /// <exception cref="CompressionException">It leads out of the folder.</exception>
    public static string Within(string folder, string relative, string where)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        if (relative.Contains('\0', StringComparison.Ordinal))
        {
            throw new CompressionException($"{where}: '{relative.Replace('\0', '?')}' is no path.");
        }

        var full = Path.GetFullPath(Path.Combine(root, relative.Replace('\\', '/')));
        return full.StartsWith(root, StringComparison.Ordinal) ? full
            : throw new CompressionException($"{where}: '{relative}' leads out of {folder}. Pictures lie beside the file that names them, or where --images says.");
    }

    public static string NameIn(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private static ReadOnlyMemory<byte> Read(string path, string name)
    {
        var length = new FileInfo(path).Length;
        return length <= MaxBytes ? File.ReadAllBytes(path) : throw new ImageException($"{name} has {length} bytes; at most {MaxBytes} are read.");
    }
}
