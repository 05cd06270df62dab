namespace EdgeVision.Packaging;

/// <summary>One file of the package.</summary>
/// <remarks>Example: 9,482,311 bytes in chunks of 4,194,304 have three <see cref="ChunkSha256"/>, the last of 1,093,703 bytes.</remarks>
/// <param name="Role"><c>model</c> (one for each variant), <c>labels</c> and <c>golden</c> (at most one each), or another word.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record ManifestFile(string Role, string Name, long Size, string Sha256)
{
    /// <summary>Which form of the network this is: <c>fp32</c>, <c>fp16</c>, <c>int8-cpu-u8s8</c>. Needed where there are several.</summary>
    public string? Variant { get; init; }

    /// <summary>Bytes of each chunk but the last; null = the file is one chunk and <see cref="Sha256"/> its digest.</summary>
    public int? Chunk { get; init; }

    /// <summary>One digest for each chunk, so that a download is judged while it comes.</summary>
    public IReadOnlyList<string>? ChunkSha256 { get; init; }
}
