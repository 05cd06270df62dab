using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Opens what a source names with the forms that models are evaluated on.</summary>
internal static class SourceReader
{
    /// <summary>With its truth, also where boxes are no good: that is for the quality report to say.</summary>
    /// <exception cref="CompressionException">Nothing there, or a broken set.</exception>
    public static Dataset Open(VersionSource source, string? folder = null, bool picturesOnly = false) => Dataset.Open(Full(source.Path, folder), new DatasetOptions
    {
        Labels = source.Labels,
        Aliases = source.Aliases,
        Pictures = source.Pictures is null ? null : Full(source.Pictures, folder),
        ClassNames = source.ClassNames is null ? null : Full(source.ClassNames, folder),
        KeepFlawed = true,
        PicturesOnly = picturesOnly,
    });

    /// <summary>The source with its paths as they are seen from everywhere.</summary>
    public static VersionSource Full(VersionSource source, string folder) => source with
    {
        Path = Full(source.Path, folder), Pictures = source.Pictures is null ? null : Full(source.Pictures, folder), ClassNames = source.ClassNames is null ? null : Full(source.ClassNames, folder),
        Masks = source.Masks is null or "beside" ? source.Masks : Full(source.Masks, folder),
    };

    public static string Full(string path, string? folder) => folder is null ? path : Path.Combine(folder, path);
}
