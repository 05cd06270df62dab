namespace EdgeVision.Packaging.Tuf;

/// <summary>A repository in a folder: a copy on a stick, an unpacked archive.</summary>
/// <remarks>Whoever wrote the folder may be hostile: links are refused on the whole way down, and no name leaves the folder. Any thread.</remarks>
public sealed class FolderTufFetcher(string folder) : ITufFetcher
{
    public Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Read(path, maxBytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TufException(TufFailure.Fetch, $"{path} in {folder} cannot be read: {exception.Message}", exception);
        }
    }

    private byte[]? Read(string path, long maxBytes)
    {
        var file = new FileInfo(Find(path));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > maxBytes)
        {
            throw new TufException(TufFailure.TooLarge, $"{file.FullName}: {file.Length} bytes, but at most {maxBytes} are taken.");
        }

        // Pipes and devices have the length 0: they are not opened, because that might wait for ever.
        var bytes = new byte[file.Length];
        using var content = bytes.Length > 0 ? file.OpenRead() : Stream.Null;
        content.ReadExactly(bytes);
        return bytes;
    }

    private string Find(string path)
    {
        var here = folder;
        foreach (var name in path.Split('/').Select(Uri.UnescapeDataString))
        {
            if (name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\\', '\0'))
            {
                throw new TufException(TufFailure.Format, $"{path}: '{name}' is not a file name. Have the repository's owner choose another.");
            }

            here = Path.Combine(here, name);
            if (new FileInfo(here).LinkTarget is not null)
            {
                throw new TufException(TufFailure.Fetch, $"{here} is a link, and links are not followed. Copy the file itself.");
            }
        }

        return here;
    }
}
