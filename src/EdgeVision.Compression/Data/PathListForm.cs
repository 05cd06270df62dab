namespace EdgeVision.Compression;

/// <summary>A text file with the path of a picture on each line, from the list's folder: pictures of which nothing is known.</summary>
internal static class PathListForm
{
    public static bool Fits(DatasetSource source) => File.Exists(source.Path) && source.Path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    public static DatasetContent Read(DatasetSource source) => new(DatasetKind.Pictures, [.. File.ReadLines(source.Path)
        .Select((line, i) => (Path: line.Trim(), Line: i + 1)).Where(line => line.Path.Length > 0 && line.Path[0] != '#')
        .Select(line => PictureFiles.Item(PictureFiles.Within(source.Folder, line.Path, $"{source.Path}:{line.Line}"), line.Path, Truth.Unknown))]);
}
