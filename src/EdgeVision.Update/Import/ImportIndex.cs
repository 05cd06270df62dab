namespace EdgeVision.Update;

/// <summary>Holds the entries of a source to the rules as they come: known names, each once, within their sizes and number.</summary>
internal sealed class ImportIndex
{
    private readonly Dictionary<string, (string Path, long Size)> _seen = new(StringComparer.OrdinalIgnoreCase); // as a FAT stick compares
    private long _small;

    public IEnumerable<string> Paths => _seen.Values.Select(each => each.Path);

    /// <summary>Null where there is no such file.</summary>
    public long? SizeOf(string path) => _seen.TryGetValue(path, out var known) && known.Path == path ? known.Size : null;

    /// <exception cref="ImportException">The entry is refused.</exception>
    public ImportKind Add(ImportEntry entry)
    {
        var shown = ImportTar.Shown(entry.Path);
        var kind = ImportRules.KindOf(entry.Path) ?? throw new ImportException($"'{shown}' is no name that a file of a repository has (metadata/*.json, targets/..., objects/sha256/ab/DIGEST): this is no copy of a repository, or somebody added to it");
        if (!_seen.TryAdd(entry.Path, (entry.Path, entry.Size)))
        {
            var other = _seen[entry.Path].Path;
            throw new ImportException(other == entry.Path ? $"'{shown}' is there twice" : $"'{shown}' and '{ImportTar.Shown(other)}' differ in capitals only, and one would overwrite the other");
        }

        if (_seen.Count > ImportRules.MaxEntries)
        {
            throw new ImportException($"there are more than {ImportRules.MaxEntries} files: import a repository with fewer old releases");
        }

        var most = kind switch { ImportKind.Metadata => ImportRules.MaxMetadataBytes, ImportKind.Target => ImportRules.MaxTargetBytes, _ => long.MaxValue };
        _small += kind == ImportKind.Object ? 0 : entry.Size;
        return entry.Size <= most && _small <= ImportRules.MaxSmallBytesInAll
            ? kind
            : throw new ImportException($"'{shown}' has {entry.Size} bytes: metadata and manifests are smaller ({most} each, {ImportRules.MaxSmallBytesInAll} in all)");
    }
}
