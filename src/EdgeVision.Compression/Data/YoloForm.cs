namespace EdgeVision.Compression;

/// <summary>YOLO's txt: one file a picture, of the same name; each line a class's number, then centre and size in shares of the picture. A picture without a file shows nothing of what is looked for.</summary>
/// <remarks>Class names are read from classes.txt, obj.names or the file that is given, where there is one; else numbers are places in the model's order.</remarks>
internal static class YoloForm
{
    private static readonly string[] _nameFiles = ["classes.txt", "obj.names"];

    public static bool Fits(DatasetSource source) => Folders(source) is not null;

    public static DatasetContent Read(DatasetSource source)
    {
        var (pictures, labels) = Folders(source)!.Value;
        var names = ClassNames(source, labels);
        return new DatasetContent(DatasetKind.Boxes, [.. PictureFiles.In(pictures, deep: true).Select(path => Item(pictures, labels, path, names, source.Lookup))]);
    }

    private static (string Pictures, string Labels)? Folders(DatasetSource source)
    {
        var (images, labels) = (Path.Combine(source.Path, "images"), Path.Combine(source.Path, "labels"));
        if (Directory.Exists(images) && Directory.Exists(labels) && Directory.EnumerateFiles(labels, "*.txt", SearchOption.AllDirectories).Any())
        {
            return (source.Options.Pictures ?? images, labels);
        }

        var pictures = source.Options.Pictures ?? source.Path;
        return Directory.Exists(source.Path) && HasLabels(source.Path, pictures) ? (pictures, source.Path) : null;
    }

    // Any folder may hold a text; one that is named like a picture is a label file.
    private static bool HasLabels(string labels, string pictures) => Directory.Exists(pictures)
        && Directory.EnumerateFiles(labels, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal) is { Count: > 0 } stems
        && Directory.EnumerateFiles(pictures).Any(file => PictureFiles.IsPicture(file) && stems.Contains(Path.GetFileNameWithoutExtension(file)));

    private static IReadOnlyList<string>? ClassNames(DatasetSource source, string labels)
    {
        string[] folders = [labels, source.Path];
        var file = source.Options.ClassNames ?? folders.SelectMany(folder => _nameFiles.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        return file is null ? null : [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];
    }

    private static DatasetItem Item(string pictures, string labels, string path, IReadOnlyList<string>? names, ClassLookup lookup)
    {
        var name = PictureFiles.NameIn(pictures, path);
        var file = Path.Combine(labels, Path.ChangeExtension(name, ".txt"));
        var boxes = File.Exists(file) ? YoloLabels.Read(file, names, lookup) : [];
        return PictureFiles.Item(path, name, new Truth { IsRelative = true, Boxes = boxes });
    }
}
