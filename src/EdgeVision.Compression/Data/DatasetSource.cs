namespace EdgeVision.Compression;

/// <summary>Where a set lies and how it is to be read.</summary>
/// <param name="Path">File or folder, without its part.</param>
/// <param name="Part">What stood behind '#'; null = nothing.</param>
internal sealed record DatasetSource(string Path, string? Part, DatasetOptions Options, ClassLookup Lookup)
{
    /// <summary>The folder that paths within the set are meant from.</summary>
    public string Folder => Options.Pictures ?? (Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);

    /// <summary>Splits <c>path#part</c>; a file whose own name has a '#' is itself.</summary>
    public static DatasetSource Of(string path, DatasetOptions options)
    {
        var mark = System.IO.Path.Exists(path) ? -1 : path.LastIndexOf('#');
        return new DatasetSource(mark < 0 ? path : path[..mark], mark < 0 ? null : path[(mark + 1)..], options, new ClassLookup(options));
    }
}
