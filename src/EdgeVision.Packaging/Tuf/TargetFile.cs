using System.Text.Json;

namespace EdgeVision.Packaging.Tuf;

/// <summary>A target as the repository's signed metadata describes it.</summary>
/// <param name="Path">Target path: with <c>/</c>, relative, not encoded.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Hashes">Algorithm (<c>sha256</c>, <c>sha512</c>) to hex.</param>
/// <param name="Custom">Means something to the application alone.</param>
/// <param name="ConsistentSnapshot">The repository keeps it as <c>DIGEST.NAME</c>.</param>
public sealed record TargetFile(string Path, long Length, IReadOnlyDictionary<string, string> Hashes, JsonElement? Custom, bool ConsistentSnapshot)
{
    /// <summary>The length and every digest that is known here.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes) => bytes.Length == Length && FileHashes.Match(Hashes, bytes);
}
