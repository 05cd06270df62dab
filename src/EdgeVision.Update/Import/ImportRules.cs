using System.Buffers;

namespace EdgeVision.Update;

/// <summary>How files of a repository may be called, how large and how many they may be: everything else is refused before a byte of it is copied.</summary>
internal static class ImportRules
{
    public const int MaxEntries = 20_000;
    public const long MaxMetadataBytes = 8L << 20, MaxTargetBytes = 1L << 20, MaxSmallBytesInAll = 64L << 20;
    public const string Metadata = "metadata", Targets = "targets", Objects = "objects";

    private const int MaxNameLength = 200, MaxDepth = 6;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+=@~%");

    /// <returns>Null for a name that no file of a repository has.</returns>
    public static ImportKind? KindOf(string path)
    {
        var parts = path.Split('/');
        return parts.Length > MaxDepth || !parts.All(IsName) ? null : parts switch
        {
            [Metadata, var file] when file.EndsWith(".json", StringComparison.Ordinal) => ImportKind.Metadata,
            [Targets, _, ..] => ImportKind.Target,
            [Objects, "sha256", var shard, var digest] when DeploymentRules.IsSha256(digest) && digest.StartsWith(shard, StringComparison.Ordinal) && shard.Length == 2 => ImportKind.Object,
            _ => null,
        };
    }

    public static string ObjectPath(string sha256) => $"{Objects}/sha256/{sha256[..2]}/{sha256}";

    private static bool IsName(string part) => part.Length is > 0 and <= MaxNameLength && part is not ("." or "..") && !part.AsSpan().ContainsAnyExcept(Letters);
}
