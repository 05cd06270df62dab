using static EdgeVision.Packaging.ManifestRules;

namespace EdgeVision.Packaging;

/// <summary>The limits of <c>files</c>: names, sizes, chunks, and which roles may come how often.</summary>
internal static class ManifestFileRules
{
    public const int MaxFiles = 32;

    /// <summary>All files of a package together; also what makes their sum safe to add up.</summary>
    public const long MaxTotalBytes = 1L << 30;

    private const int MinChunk = 64 * 1024;
    private const int MaxChunk = 64 << 20;

    public static void Check(IReadOnlyList<ManifestFile> files, string name)
    {
        Require(files.Count <= MaxFiles, name, "$.files", $"{files.Count} files; a package has at most {MaxFiles}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        for (var i = 0; i < files.Count; i++)
        {
            CheckFile(files[i], name, $"$.files[{i}]");
            Require(names.Add(files[i].Name), name, $"$.files[{i}].name", $"'{files[i].Name}' stands twice; give each file its own name");
            total += files[i].Size;
            Require(total <= MaxTotalBytes, name, $"$.files[{i}].size", $"the files are more than {MaxTotalBytes} bytes together; make the model smaller");
        }

        CheckRoles(files, name);
        CheckVariants([.. files.Where(file => file.Role == "model")], name);
    }

    private static void CheckRoles(IReadOnlyList<ManifestFile> files, string name)
    {
        Require(files.Any(file => file.Role == "model"), name, "$.files", "0 files with the role \"model\"; one is the network, or one for each variant of it");
        Require(files.Count(file => file.Role == "labels") <= 1, name, "$.files", "more than one file with the role \"labels\"; keep one");
        Require(files.Count(file => file.Role == GoldenSet.Role) <= 1, name, "$.files", "more than one file with the role \"golden\"; keep one");
    }

    private static void CheckVariants(ManifestFile[] models, string name)
    {
        var variants = models.Select(model => model.Variant).ToHashSet(StringComparer.Ordinal);
        Require(models.Length == 1 || variants.Count == models.Length, name, "$.files", $"{models.Length} files with the role \"model\"; give each a variant of its own");
        Require(models.Length == 1 || !variants.Contains(null), name, "$.files", $"{models.Length} files with the role \"model\", one of them without a variant; name it");
    }

    private static void CheckFile(ManifestFile? file, string name, string path)
    {
        Require(file is not null, name, path, "is null; remove it");
        Require(IsName(file!.Role), name, $"{path}.role", $"'{file.Role}' is not a role; use model, labels or golden");
        Require(IsName(file.Name), name, $"{path}.name", $"'{file.Name}' is not a file name; use 1 to 64 of a-z 0-9 . _ - and no folders");
        Require(file.Name != ModelPackage.ManifestName, name, $"{path}.name", "a manifest cannot name itself; remove the entry");
        Require(file.Size is >= 0 and <= MaxTotalBytes, name, $"{path}.size", $"{file.Size} is not a size in bytes from 0 to {MaxTotalBytes}");
        Require(IsSha256(file.Sha256), name, $"{path}.sha256", $"'{file.Sha256}' is not a digest; write 64 lower-case hex digits, as sha256sum prints them");
        Require(file.Variant is null || IsName(file.Variant), name, $"{path}.variant", $"'{file.Variant}' is not a name; use fp32, fp16, int8-cpu-u8s8 or another of a-z 0-9 . _ -");
        Require(file.Variant is null || file.Role == "model", name, $"{path}.variant", $"only the network has variants, not {file.Role}; remove it");
        CheckChunks(file, name, path);
    }

    private static void CheckChunks(ManifestFile file, string name, string path)
    {
        Require(file.Chunk is null == file.ChunkSha256 is null, name, $"{path}.chunk", "chunk and chunkSha256 go together; write both or neither");
        if (file is not { Chunk: { } chunk, ChunkSha256: { } digests })
        {
            return;
        }

        Require(chunk is >= MinChunk and <= MaxChunk, name, $"{path}.chunk", $"{chunk} is not from {MinChunk} to {MaxChunk} bytes");
        var count = (file.Size + chunk - 1) / chunk;
        Require(digests.Count == count, name, $"{path}.chunkSha256", $"{digests.Count} digests; {file.Size} bytes in chunks of {chunk} have {count}");
        Require(digests.All(IsSha256), name, $"{path}.chunkSha256", "holds what is no digest; write 64 lower-case hex digits each");
    }
}
