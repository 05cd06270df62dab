namespace EdgeVision.Packaging;

/// <summary>Bytes to <see cref="Manifest"/>, within limits.</summary>
public static class ManifestReader
{
    /// <summary>Larger manifests are refused unread.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PackageException">Too large, not JSON, duplicate keys, unknown schema, or a field out of its limits.</exception>
    public static Manifest Read(ReadOnlySpan<byte> utf8, string name) => throw new NotImplementedException();
}
