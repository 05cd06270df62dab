namespace EdgeVision.Compression;

/// <summary><c>file,label</c>: a path from the list's folder, and a class by name or number, or a text.</summary>
internal static class ListForm
{
    public static bool Fits(DatasetSource source) => Find(source.Path) is not null;

    public static DatasetContent Read(DatasetSource source)
    {
        var path = Find(source.Path)!;
        var rows = Rows(path);
        var folder = source.Options.Pictures ?? Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (source.Options.IsText)
        {
            return new DatasetContent(DatasetKind.Text, [.. rows.Select(row => Item(folder, path, row, new Truth { Text = row.Label }))]);
        }

        var idOf = source.Lookup.ByNameOrIndex(rows.Select(row => row.Label));
        return new DatasetContent(DatasetKind.Classes, [.. rows.Select(row => Item(folder, path, row, new Truth { ClassId = idOf(row.Label) }))]);
    }

    private static string? Find(string path) => File.Exists(path)
        ? path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? path : null
        : Directory.GetFiles(path, "*.csv").Where(HasHeader).ToArray() is [var only] ? only : null;

    // The first line alone, because a folder may hold any other table.
    private static bool HasHeader(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine()?.Split(',').Select(field => field.Trim().Trim('"')).ToArray() is { } fields && ColumnsOf(fields) is not null;
    }

    private static (int File, int Label)? ColumnsOf(IReadOnlyList<string> header)
    {
        var names = header.Select(name => name.Trim().ToLowerInvariant()).ToList();
        return (names.IndexOf("file"), names.IndexOf("label")) is ( >= 0, >= 0) columns ? columns : null;
    }

    private static List<(int Line, string File, string Label)> Rows(string path)
    {
        var rows = Csv.Read(LimitedFile.Read(path), path).ToList();
        if (rows.Count == 0 || ColumnsOf(rows[0].Fields) is not { } columns)
        {
            throw new CompressionException($"{path}:1: the first line is not file,label. Write these names above the columns that hold the picture's path and its label.");
        }

        return [.. rows.Skip(1).Select(row => row.Fields.Count > Math.Max(columns.File, columns.Label)
            ? (row.Line, row.Fields[columns.File], row.Fields[columns.Label])
            : throw new CompressionException($"{path}:{row.Line}: {row.Fields.Count} fields; a line has a file and a label. A comma within a field needs quotes."))];
    }

    private static DatasetItem Item(string folder, string path, (int Line, string File, string Label) row, Truth truth)
    {
        var where = $"{path}:{row.Line}";
        return row.File.Length == 0 || row.Label.Length == 0
            ? throw new CompressionException($"{where}: the file or the label is empty.")
            : PictureFiles.Item(PictureFiles.Within(folder, row.File, where), row.File, truth);
    }
}
