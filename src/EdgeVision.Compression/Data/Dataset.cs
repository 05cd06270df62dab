namespace EdgeVision.Compression;

/// <summary>Pictures with what is true of them, whatever form they lie in.</summary>
/// <remarks>
/// In: a folder of pictures, or of one folder a class; a list <c>file,label</c>; COCO json; Pascal VOC xml; YOLO txt; idx; npz; a zip of one folder a class; a list of paths. Which it is, is told
/// from what lies there. <c>path#part</c> takes a part of an npz or zip (<c>pneumoniamnist.npz#test</c>). Out: items in natural order (2 before 10), the same for the same files. Pictures are decoded when
/// they are opened. Example: a folder with cat/1.jpg, dog/1.jpg and dog/2.jpg is three items of two classes. Opening reads no picture. Items may be opened on any thread until <see cref="Dispose"/>.
/// </remarks>
public sealed class Dataset : IDisposable
{
    private readonly IDisposable? _archive;

    internal Dataset(DatasetKind kind, DatasetClasses classes, IReadOnlyList<DatasetItem> items, string digest, IReadOnlyList<string> warnings, IDisposable? archive = null)
    {
        Kind = kind;
        Classes = classes;
        Items = items;
        Digest = digest;
        Warnings = warnings;
        _archive = archive;
    }

    public DatasetKind Kind { get; }

    public IReadOnlyList<DatasetItem> Items { get; }

    /// <summary>What class ids of truths mean, and which the model's are.</summary>
    public DatasetClasses Classes { get; }

    /// <summary><c>sha256:</c> and 64 hex digits over names, sizes and truths of the items.</summary>
    public string Digest { get; }

    /// <summary>What looks wrong and may be meant, as sentences: one class only, boxes outside their picture.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <exception cref="CompressionException">Nothing there, several forms at once, a broken or malicious file, or a class that the model does not tell.</exception>
    public static Dataset Open(string path, DatasetOptions options)
    {
        var source = DatasetSource.Of(path, options);
        RequireFolder(options.Pictures);
        try
        {
            return Judged(DatasetForms.Find(source).Read(source), source, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CompressionException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    public void Dispose() => _archive?.Dispose();

    private static Dataset Judged(DatasetContent content, DatasetSource source, string path)
    {
        try
        {
            source.Lookup.RequireAllKnown(path);
            var warnings = DatasetJudge.Check(source.Options.PicturesOnly ? content with { Kind = DatasetKind.Pictures } : content, path, source.Options.KeepFlawed);
            var items = Spread(content.Items, source.Options.Limit);
            return source.Options.PicturesOnly
                ? new Dataset(DatasetKind.Pictures, source.Lookup.Classes, [.. items.Select(item => item with { Truth = Truth.Unknown })], DatasetDigest.Of(items, source.Lookup.Classes), [], content.Archive)
                : new Dataset(content.Kind, source.Lookup.Classes, items, DatasetDigest.Of(items, source.Lookup.Classes), warnings, content.Archive);
        }
        catch
        {
            content.Archive?.Dispose();
            throw;
        }
    }

    /// <summary>Evenly over the set, so that a part of it shows all of it.</summary>
    private static DatasetItem[] Spread(IReadOnlyList<DatasetItem> items, int limit)
    {
        var sorted = items.OrderBy(item => item.Name, NaturalOrder.Instance).ToArray();
        return limit <= 0 || limit >= sorted.Length ? sorted : [.. Enumerable.Range(0, limit).Select(i => sorted[(long)i * sorted.Length / limit])];
    }

    private static void RequireFolder(string? pictures)
    {
        if (pictures is not null && !Directory.Exists(pictures))
        {
            throw new CompressionException($"{pictures} does not exist. Give the folder in which the pictures lie.");
        }
    }
}
