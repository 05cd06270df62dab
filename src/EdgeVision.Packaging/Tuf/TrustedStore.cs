namespace EdgeVision.Packaging.Tuf;

/// <summary>The directory with metadata that was verified once.</summary>
internal sealed class TrustedStore(string directory, Action<string, ReadOnlyMemory<byte>>? replaceFile)
{
    private const int MaxFileName = 255;
    private readonly Action<string, ReadOnlyMemory<byte>> _replace = replaceFile ?? Replace;

    /// <returns>Null when there is none, or it is larger than anything that is ever written here.</returns>
    public byte[]? Read(string role) => Guarded(role, path =>
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length <= MetadataSource.Limit(role) ? File.ReadAllBytes(path) : null;
    });

    public void Write(string role, ReadOnlyMemory<byte> bytes) => Guarded(role, path =>
    {
        Directory.CreateDirectory(directory);
        _replace(path, bytes);
        return true;
    });

    public void Delete(string role) => Guarded(role, path =>
    {
        File.Delete(path);
        return true;
    });

    private static void Replace(string path, ReadOnlyMemory<byte> bytes)
    {
        var next = path + ".tmp";
        File.Delete(next); // should it be a link, nothing is written through it
        using (var file = new FileStream(next, FileMode.CreateNew))
        {
            file.Write(bytes.Span);
        }

        File.Move(next, path, overwrite: true);
    }

    private T Guarded<T>(string role, Func<string, T> action)
    {
        var name = RepositoryPath.EncodeName(role) + ".json";
        if (name.Length > MaxFileName - ".tmp".Length)
        {
            throw new TufException(TufFailure.Format, $"the role name {name[..32]}… is too long for a file name. Have the repository's owner give it a shorter one.");
        }

        var path = Path.Combine(directory, name);
        try
        {
            return action(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TufException(TufFailure.Storage, $"{path}: {exception.Message}", exception);
        }
    }
}
