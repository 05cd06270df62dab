using System.Globalization;

namespace EdgeVision.Update;

/// <summary>The files of an audit log: <c>audit-0000000001.jsonl</c> begins with entry 1, the one of the highest number is written to.</summary>
internal static class AuditFiles
{
    private const string Prefix = "audit-", Suffix = ".jsonl";

    /// <summary>Oldest first; nothing where the directory is not there.</summary>
    public static IReadOnlyList<string> In(string directory) => Directory.Exists(directory)
        ? [.. Directory.GetFiles(directory, $"{Prefix}*{Suffix}").Where(path => FirstOf(path) > 0).OrderBy(FirstOf)]
        : [];

    public static string Path(string directory, long first) => System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{first:D10}{Suffix}"));

    /// <summary>Number of the entry that the file begins with; 0 for a name that is none of ours.</summary>
    public static long FirstOf(string path) =>
        long.TryParse(System.IO.Path.GetFileName(path).AsSpan(Prefix.Length..^Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 0;
}
