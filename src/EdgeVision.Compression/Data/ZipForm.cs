using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>A zip file with a folder for each class, however deep it lies; <c>path#test</c> takes what lies below one folder.</summary>
internal static class ZipForm
{
    private const long MaxPicture = 256L << 20;

    public static bool Fits(DatasetSource source) => File.Exists(source.Path) && source.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    public static DatasetContent Read(DatasetSource source)
    {
        var archive = OpenedArchive.Open(source.Path);
        try
        {
            return Read(archive, source);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static DatasetContent Read(OpenedArchive archive, DatasetSource source)
    {
        var root = source.Part is null ? "" : source.Part.TrimEnd('/') + "/";
        var names = archive.Names.Where(name => PictureFiles.IsPicture(name) && name.StartsWith(root, StringComparison.Ordinal)).ToArray();
        if (Array.Find(names, LeadsOut) is { } bad)
        {
            throw new CompressionException($"{source.Path}: the entry '{bad}' leads out of the archive. It was made with bad intent or a bad tool: do not use it.");
        }

        if (names.Length == 0)
        {
            throw new CompressionException($"{source.Path} holds no picture{(root.Length == 0 ? "" : $" below {root}")}.");
        }

        var idOf = source.Lookup.ByNameOrIndex(names.Select(name => ClassOf(name, source.Path)));
        var items = names.Select(name => new DatasetItem(name, archive.SizeOf(name), new Truth { ClassId = idOf(ClassOf(name, source.Path)) },
            new StoredPicture(IsEncoded: true, () => Entry(archive, name), stored => ImageCodec.Decode(stored.Span, name))));
        return new DatasetContent(DatasetKind.Classes, [.. items], archive);
    }

    private static ReadOnlyMemory<byte> Entry(OpenedArchive archive, string name)
    {
        try
        {
            return archive.Read(name, MaxPicture);
        }
        catch (CompressionException exception)
        {
            throw new ImageException(exception.Message, exception);
        }
    }

    private static bool LeadsOut(string name) => name.StartsWith('/') || name.Replace('\\', '/').Split('/').Contains("..");

    private static string ClassOf(string name, string path) => name.Split('/') is [.., var folder, _] ? folder
        : throw new CompressionException($"{path}: {name} lies in no folder; a zip has a folder for each class.");
}
