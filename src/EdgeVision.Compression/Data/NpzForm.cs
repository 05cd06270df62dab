namespace EdgeVision.Compression;

/// <summary>NumPy's archive with an array of pictures and one of labels: images and labels, or x and y, maybe several pairs (train_images, x_test), of which <c>path#test</c> takes one.</summary>
internal static class NpzForm
{
    private const long MaxBytes = 1L << 30;

    public static bool Fits(DatasetSource source) => File.Exists(source.Path) && source.Path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    public static DatasetContent Read(DatasetSource source)
    {
        using var archive = OpenedArchive.Open(source.Path);
        var (images, labels) = Choose(archive.Names, source);
        var pictures = Array(archive, images, source.Path);
        if (pictures.Type is not ("|u1" or "<u1" or "u1"))
        {
            throw new CompressionException($"{source.Path}: {images} holds {pictures.Type}; pictures are uint8, 0 to 255.");
        }

        var tensor = new ByteTensor(pictures.Shape, pictures.Bytes).Checked($"{source.Path}: {images}");
        var classes = Array(archive, labels, source.Path).Longs($"{source.Path}: {labels}");
        return classes.Length == tensor.Count
            ? new DatasetContent(DatasetKind.Classes, tensor.Items(i => new Truth { ClassId = source.Lookup.OfIndex(classes[i]) }))
            : throw new CompressionException($"{source.Path}: {labels} has {classes.Length} labels, {images} has {tensor.Count} pictures.");
    }

    private static NpyArray Array(OpenedArchive archive, string name, string path) => NpyArray.Read(archive.Read(name, MaxBytes), $"{path}: {name}");

    private static (string Images, string Labels) Choose(IReadOnlyList<string> names, DatasetSource source)
    {
        var pairs = names.Select(name => (Part: PartOf(name), Images: name, Labels: LabelsOf(name))).Where(pair => pair.Part is not null && names.Contains(pair.Labels)).ToArray();
        var chosen = pairs.Where(pair => source.Part is null || pair.Part == source.Part).ToArray();
        return chosen is [var only] ? (only.Images, only.Labels) : throw new CompressionException(pairs.Length == 0
            ? $"{source.Path} has no pair of images and labels, only {string.Join(", ", names)}."
            : $"{source.Path} has the parts {string.Join(", ", pairs.Select(pair => pair.Part))}{(source.Part is null ? "" : $", not '{source.Part}'")}. Give the one that is meant: {source.Path}#{pairs[0].Part}");
    }

    // train_images of MedMNIST, x_train of Keras, plain images: the part is what is left without the word.
    private static string? PartOf(string name)
    {
        var words = Path.GetFileNameWithoutExtension(name).Split('_');
        return words.Contains("images") || words.Contains("x") ? string.Join('_', words.Where(word => word is not ("images" or "x"))) : null;
    }

    private static string LabelsOf(string name) =>
        string.Join('_', Path.GetFileNameWithoutExtension(name).Split('_').Select(word => word switch { "images" => "labels", "x" => "y", _ => word })) + Path.GetExtension(name);
}
