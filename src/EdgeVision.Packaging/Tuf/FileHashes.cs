using System.Security.Cryptography;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Digests by algorithm. At least one must be of an algorithm that is known here; all of those must match.</summary>
internal static class FileHashes
{
    public static Dictionary<string, string> Read(MetadataField owner)
    {
        var hashes = owner.Map("hashes", (_, value) => value.AsText());
        return hashes.Any(hash => IsKnown(hash.Key) && IsHex(hash.Value, hash.Key)) ? hashes : throw owner.Problem("hashes", "holds neither a sha256 nor a sha512 in hex");
    }

    public static bool Match(IReadOnlyDictionary<string, string> hashes, ReadOnlySpan<byte> bytes)
    {
        foreach (var (algorithm, expected) in hashes)
        {
            if (IsKnown(algorithm) && !string.Equals(Compute(algorithm, bytes), expected, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsKnown(string algorithm) => algorithm is "sha256" or "sha512";

    private static bool IsHex(string text, string algorithm) => text.Length == (algorithm == "sha256" ? 64 : 128) && text.All(char.IsAsciiHexDigit);

    private static string Compute(string algorithm, ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(algorithm == "sha256" ? SHA256.HashData(bytes) : SHA512.HashData(bytes));
}
