namespace EdgeVision.Compression;

/// <summary>One folder for each class, named like it (or by its number), with the pictures of the class in it, or in a folder in it that has the same name in every class (cat/Imgs, dog/Imgs).</summary>
internal static class ClassFolderForm
{
    public static bool Fits(DatasetSource source) => Folders(source.Path).Length > 0;

    public static DatasetContent Read(DatasetSource source)
    {
        var folders = Folders(source.Path);
        var idOf = source.Lookup.ByNameOrIndex(folders.Select(folder => folder.Class));
        return new DatasetContent(DatasetKind.Classes, [.. folders.SelectMany(folder => Items(source.Path, folder.Pictures, idOf(folder.Class)))]);
    }

    private static (string Class, string Pictures)[] Folders(string path)
    {
        var folders = Directory.Exists(path) ? Directory.GetDirectories(path).Order(NaturalOrder.Instance).ToArray() : [];
        return Array.Exists(folders, PictureFiles.Any) ? Named(folders.Where(PictureFiles.Any), folder => folder)
            : InnerName(folders) is { } inner ? Named(folders.Where(folder => PictureFiles.Any(Path.Combine(folder, inner))), folder => Path.Combine(folder, inner)) : [];
    }

    private static (string Class, string Pictures)[] Named(IEnumerable<string> folders, Func<string, string> picturesOf) => [.. folders.Select(folder => (Path.GetFileName(folder), picturesOf(folder)))];

    // One name alone, because train/cat beside test/cat are not classes called train and test.
    private static string? InnerName(string[] folders) =>
        folders.SelectMany(Directory.GetDirectories).Where(PictureFiles.Any).Select(folder => Path.GetFileName(folder)).Distinct(StringComparer.Ordinal).ToArray() is [var only]
            && folders.Count(folder => PictureFiles.Any(Path.Combine(folder, only))) > 1 ? only : null;

    private static IEnumerable<DatasetItem> Items(string root, string folder, int classId) =>
        PictureFiles.In(folder).Select(path => PictureFiles.Item(path, PictureFiles.NameIn(root, path), new Truth { ClassId = classId }));
}
