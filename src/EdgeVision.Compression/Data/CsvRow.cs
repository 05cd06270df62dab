namespace EdgeVision.Compression;

/// <param name="Line">Where it begins, from 1.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Fields);
