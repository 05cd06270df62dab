using System.Security.Cryptography;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Digests by algorithm. Those of unknown algorithms are not looked at, but a file with no known one matches nothing.</summary>
internal static class FileHashes
{
    public static Dictionary<string, string> Read(MetadataField owner)
    {
        var hashes = owner.Map("hashes", (_, value) => value.AsText());
        return hashes.All(hash => !IsKnown(hash.Key) || IsHex(hash.Value, hash.Key)) ? hashes : throw owner.Problem("hashes", "holds a digest that is not hex of its algorithm's length");
    }

    public static bool Match(IReadOnlyDictionary<string, string> hashes, ReadOnlySpan<byte> bytes)
    {
        var known = 0;
        foreach (var (algorithm, expected) in hashes.Where(hash => IsKnown(hash.Key)))
        {
            known++;
            if (!string.Equals(Compute(algorithm, bytes), expected, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return known > 0;
    }

    private static bool IsKnown(string algorithm) => algorithm is "sha256" or "sha512";

    private static bool IsHex(string text, string algorithm) => text.Length == (algorithm == "sha256" ? 64 : 128) && text.All(char.IsAsciiHexDigit);

    private static string Compute(string algorithm, ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(algorithm == "sha256" ? SHA256.HashData(bytes) : SHA512.HashData(bytes));
}
