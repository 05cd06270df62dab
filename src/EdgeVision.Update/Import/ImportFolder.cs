namespace EdgeVision.Update;

/// <summary>A folder with <c>metadata/</c>, <c>targets/</c> and <c>objects/</c>; what else lies on the stick is passed over. Links are refused, not followed.</summary>
internal sealed class ImportFolder(string directory) : IImportSource
{
    public IEnumerable<ImportEntry> Entries()
    {
        foreach (var top in new[] { ImportRules.Metadata, ImportRules.Targets, ImportRules.Objects })
        {
            foreach (var entry in Under(new DirectoryInfo(Path.Combine(directory, top)), top))
            {
                yield return entry;
            }
        }
    }

    private static IEnumerable<ImportEntry> Under(DirectoryInfo folder, string path)
    {
        Refuse(folder, path);
        if (!folder.Exists)
        {
            yield break;
        }

        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var inner = $"{path}/{item.Name}";
            Refuse(item, inner);
            if (item is FileInfo file)
            {
                // pipes and devices have no length, and whoever opens one may wait for ever
                yield return new ImportEntry(inner, file.Length, () => file.Length == 0 ? Stream.Null : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read));
            }
            else
            {
                foreach (var entry in Under((DirectoryInfo)item, inner))
                {
                    yield return entry;
                }
            }
        }
    }

    private static void Refuse(FileSystemInfo item, string path)
    {
        if (item.LinkTarget is not null)
        {
            throw new ImportException($"{path} is a link: copy the repository with its files in place of links (cp -rL)");
        }
    }
}
