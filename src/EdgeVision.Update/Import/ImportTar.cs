using System.Formats.Tar;

namespace EdgeVision.Update;

/// <summary>An uncompressed tar of a repository. Files only: a link, a device or a pipe in it is refused, and nothing is ever extracted by the archive's own idea of a path.</summary>
internal sealed class ImportTar(string path) : IImportSource
{
    /// <summary>What waits for signatures beside a repository: nobody's to fetch.</summary>
    private const string Pending = "pending/";

    public IEnumerable<ImportEntry> Entries()
    {
        TarHeaders.Check(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var reader = new TarReader(file);
        while (Next(reader) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (name.StartsWith(Pending, StringComparison.Ordinal))
            {
                continue;
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                throw new ImportException($"{path}: '{Shown(name)}' is a {entry.EntryType}, not a file: this is no copy of a repository");
            }

            yield return new ImportEntry(name, entry.Length, () => entry.DataStream ?? Stream.Null);
        }
    }

    /// <summary>Control letters of a hostile name must not reach a terminal.</summary>
    internal static string Shown(string name) => new([.. name.Take(120).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    private TarEntry? Next(TarReader reader)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new ImportException($"{path} is not a tar that can be read: {exception.Message}", exception);
        }
    }
}
