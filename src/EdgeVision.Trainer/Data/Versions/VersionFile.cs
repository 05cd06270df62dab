using EdgeVision.Trainer.Storage;

namespace EdgeVision.Trainer;

/// <summary>A version on the disk.</summary>
internal static class VersionFile
{
    /// <summary>Writes it whole or not at all; paths below its folder become relative, so that both can be moved together.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(DatasetVersion version, string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        AtomicFile.Write(full, file => file.Write(VersionJson.Write(version with { Sources = [.. version.Sources.Select(source => Seen(source, folder))] })));
    }

    private static VersionSource Seen(VersionSource source, string folder) => source with
    {
        Path = Seen(source.Path, folder),
        Pictures = source.Pictures is null ? null : Seen(source.Pictures, folder),
        ClassNames = source.ClassNames is null ? null : Seen(source.ClassNames, folder),
        Masks = source.Masks is null or "beside" ? source.Masks : Seen(source.Masks, folder),
    };

    private static string Seen(string path, string folder) => Path.GetFullPath(path) is var full && full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(folder, full) : full;
}
