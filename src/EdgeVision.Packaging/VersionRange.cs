namespace EdgeVision.Packaging;

/// <summary>Versions that a manifest allows: comparisons joined by commas, all of which must hold.</summary>
/// <remarks>Example: ">=1.20,&lt;2" holds 1.20.0 and 1.31.1, not 1.19.2 and not 2.0. Operators: >= > &lt;= &lt; =. Missing parts of a version are 0. Any thread.</remarks>
public sealed class VersionRange
{
    private readonly (string Operator, Version Version)[] _comparisons;

    private VersionRange((string Operator, Version Version)[] comparisons) => _comparisons = comparisons;

    /// <returns>Null when the text is not a range.</returns>
    public static VersionRange? TryParse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var comparisons = new (string, Version)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var sign = parts[i][..^parts[i].TrimStart('<', '>', '=').Length];
            if (sign is not (">=" or ">" or "<=" or "<" or "=") || Parse(parts[i][sign.Length..].Trim()) is not { } version)
            {
                return null;
            }

            comparisons[i] = (sign, version);
        }

        return new VersionRange(comparisons);
    }

    public bool Contains(Version version)
    {
        var full = Full(version);
        return _comparisons.All(comparison => comparison.Operator switch
        {
            ">=" => full >= comparison.Version,
            ">" => full > comparison.Version,
            "<=" => full <= comparison.Version,
            "<" => full < comparison.Version,
            _ => full == comparison.Version,
        });
    }

    private static Version? Parse(string text) => Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out var version) ? Full(version) : null;

    // Because Version holds 1.20 to be less than 1.20.0.
    private static Version Full(Version version) => new(version.Major, version.Minor, Math.Max(0, version.Build), Math.Max(0, version.Revision));
}
