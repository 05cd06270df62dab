namespace EdgeVision.Compression;

/// <summary>Pictures in a folder, of which nothing is known.</summary>
internal static class PictureFolderForm
{
    public static bool Fits(DatasetSource source) => PictureFiles.Any(source.Path);

    public static DatasetContent Read(DatasetSource source) =>
        new(DatasetKind.Pictures, [.. PictureFiles.In(source.Path).Select(path => PictureFiles.Item(path, Path.GetFileName(path), Truth.Unknown))]);
}
