namespace EdgeVision.Packaging.Tuf;

/// <summary>Bytes to metadata that enough keys signed.</summary>
internal static class TrustedFile
{
    public static T Read<T>(byte[] bytes, RoleKeys keys, string name, Func<SignedMetadata, string, T> read)
        where T : TufMetadata
    {
        var file = SignedMetadata.Read(bytes, name);
        keys.Verify(file, name);
        return read(file, name);
    }

    /// <summary>Null for what is not there or does not verify any more: then it is as if it had never been.</summary>
    public static T? TryRead<T>(byte[]? bytes, RoleKeys keys, string name, Func<SignedMetadata, string, T> read)
        where T : TufMetadata
    {
        try
        {
            return bytes is null ? null : Read(bytes, keys, name, read);
        }
        catch (TufException)
        {
            return null;
        }
    }
}
