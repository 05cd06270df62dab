namespace EdgeVision.Compression;

/// <summary>Every form that data sets are read in, and which one lies at a path.</summary>
internal static class DatasetForms
{
    public static readonly IReadOnlyList<DatasetForm> All =
    [
        new("list", "*.csv with the columns file,label", true, ListForm.Fits, ListForm.Read),
        new("COCO", "*.json with images, annotations and categories", true, CocoForm.Fits, CocoForm.Read),
        new("Pascal VOC", "*.xml beside its pictures, or Annotations/ and JPEGImages/", true, VocForm.Fits, VocForm.Read),
        new("YOLO", "images/ and labels/, or *.txt beside its pictures or with --images", true, YoloForm.Fits, YoloForm.Read),
        new("idx", "*-images-idx3-ubyte and *-labels-idx1-ubyte, also .gz", true, IdxForm.Fits, IdxForm.Read),
        new("npz", "*.npz with images and labels", true, NpzForm.Fits, NpzForm.Read),
        new("zip", "*.zip with a folder for each class", true, ZipForm.Fits, ZipForm.Read),
        new("list of pictures", "*.txt with a path on each line", true, PathListForm.Fits, PathListForm.Read),
        new("folder per class", "folders of pictures", false, ClassFolderForm.Fits, ClassFolderForm.Read),
        new("folder of pictures", "pictures (JPEG, PNG, WebP, BMP)", false, PictureFolderForm.Fits, PictureFolderForm.Read),
    ];

    /// <exception cref="CompressionException">Nothing is there, or several things are.</exception>
    public static DatasetForm Find(DatasetSource source)
    {
        if (!Path.Exists(source.Path))
        {
            throw new CompressionException($"{source.Path} does not exist. Give a folder or file of pictures with their labels.");
        }

        var fitting = All.Where(form => form.Fits(source)).ToArray();
        var annotated = fitting.Where(form => form.IsAnnotated).ToArray();
        return (annotated.Length > 0 ? annotated : fitting) switch
        {
            [var form] => form,
            [] => throw new CompressionException($"{source.Path} holds no data set. Looked for: {string.Join("; ", All.Select(form => $"{form.LooksLike} ({form.Name})"))}."),
            var several => throw new CompressionException(
                $"{source.Path} may be read as {string.Join(" or as ", several.Select(form => form.Name))} ({string.Join("; ", several.Select(form => form.LooksLike))}). Give the file or the folder that is meant."),
        };
    }
}
