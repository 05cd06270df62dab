using EdgeVision.Packaging;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>A repository in a folder: the same tree as on a server, on a stick or unpacked from an archive. Whoever wrote it may be hostile.</summary>
internal sealed class FolderRepository(string folder) : IModelRepository
{
    private readonly FolderTufFetcher _metadata = new(folder);

    public Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken) => _metadata.FetchAsync(path, maxBytes, cancellationToken);

    public async Task<StepFailure?> FetchAsync(ManifestFile file, PartFile part, Action<long> arrived, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "objects", "sha256", file.Sha256[..2], file.Sha256);
        if (Refusal(path, file) is { } refusal)
        {
            return refusal;
        }

        part.Discard();
        using var source = File.OpenRead(path);
        var buffer = new byte[64 * 1024];
        for (int count; part.Length < file.Size && (count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, file.Size - part.Length)), cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (!part.Write(buffer.AsMemory(0, count)))
            {
                break;
            }

            arrived(part.Length);
        }

        return part.Matches(file) ? null : new StepFailure(UpdateCode.HashMismatch, $"{path} is not the file of that digest: copy the repository again");
    }

    public void Dispose()
    {
    }

    // Pipes and devices have the length 0, and are never opened, because that might wait for ever.
    private StepFailure? Refusal(string path, ManifestFile file)
    {
        for (var here = path; here.Length > folder.TrimEnd('/').Length; here = Path.GetDirectoryName(here)!)
        {
            if (DurableDisk.IsLink(here))
            {
                return new StepFailure(UpdateCode.HashMismatch, $"{here} is a link, and links are not followed: copy the file itself");
            }
        }

        return new FileInfo(path) is { Exists: true } info
            ? info.Length == file.Size ? null : new StepFailure(UpdateCode.SizeMismatch, $"{path} has {info.Length} bytes, expected are {file.Size}: copy the repository again")
            : new StepFailure(UpdateCode.Http, $"{path} is not there: copy the whole repository");
    }
}
