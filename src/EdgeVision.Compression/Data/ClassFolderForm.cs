namespace EdgeVision.Compression;

/// <summary>One folder for each class, named like it (or by its number), with the pictures of the class in it.</summary>
internal static class ClassFolderForm
{
    public static bool Fits(DatasetSource source) => Directory.Exists(source.Path) && Directory.EnumerateDirectories(source.Path).Any(PictureFiles.Any);

    public static DatasetContent Read(DatasetSource source)
    {
        var folders = Directory.GetDirectories(source.Path).Where(PictureFiles.Any).Order(NaturalOrder.Instance).ToArray();
        var idOf = source.Lookup.ByNameOrIndex(folders.Select(folder => Path.GetFileName(folder)));
        return new DatasetContent(DatasetKind.Classes, [.. folders.SelectMany(folder => Items(source.Path, folder, idOf(Path.GetFileName(folder))))]);
    }

    private static IEnumerable<DatasetItem> Items(string root, string folder, int classId) => classId == ClassLookup.LeftOut ? []
        : PictureFiles.In(folder).Select(path => PictureFiles.Item(path, PictureFiles.NameIn(root, path), new Truth { ClassId = classId }));
}
