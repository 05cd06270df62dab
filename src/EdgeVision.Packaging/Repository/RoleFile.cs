using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Repository;

/// <summary>A metadata file and what it says.</summary>
/// <param name="File">With the signatures it has so far.</param>
/// <param name="Bytes">As it lies on the disk; signatures over it in other files are of these bytes.</param>
internal sealed record RoleFile<T>(SignedMetadata File, T Content, byte[] Bytes)
    where T : TufMetadata
{
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="TufException">Format.</exception>
    public static RoleFile<T>? Read(string path, Func<SignedMetadata, string, T> read)
    {
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        var bytes = System.IO.File.ReadAllBytes(path);
        var file = SignedMetadata.Read(bytes, path);
        return new RoleFile<T>(file, read(file, path), bytes);
    }

    public static RoleFile<T> Of(T content)
    {
        var file = SignedMetadata.Of(content.ToJson());
        return new RoleFile<T>(file, content, file.ToBytes());
    }

    public RoleFile<T> With(SignedMetadata file) => this with { File = file, Bytes = file.ToBytes() };
}
