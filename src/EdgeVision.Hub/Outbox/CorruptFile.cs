namespace EdgeVision.Hub;

/// <summary>Puts a damaged database aside, for whoever wants to look; only two are kept, because nobody may ever look.</summary>
internal static class CorruptFile
{
    private const int Kept = 2;

    /// <summary>Renames it to <c>outbox.corrupt-N</c>, N rising.</summary>
    /// <returns>The new name.</returns>
    /// <exception cref="IOException">The disk takes no change.</exception>
    public static string SetAside(string path)
    {
        var stem = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileNameWithoutExtension(path) + ".corrupt-");
        var before = Directory.GetFiles(Path.GetDirectoryName(stem)!, Path.GetFileName(stem) + "*")
            .Select(file => (File: file, Number: int.TryParse(file.AsSpan(stem.Length), out var number) ? number : 0)).OrderByDescending(file => file.Number).ToArray();
        var aside = stem + (before.Length > 0 ? before[0].Number + 1 : 1);
        File.Move(path, aside);
        foreach (var file in before.Skip(Kept - 1).Select(file => file.File).Concat([path + "-wal", path + "-shm"]))
        {
            File.Delete(file);
        }

        return aside;
    }
}
