namespace EdgeVision.Packaging.Tuf;

/// <summary>Shell-style patterns of delegations, segment by segment.</summary>
internal static class PathPattern
{
    public static bool Matches(string pattern, string path)
    {
        var (patterns, segments) = (pattern.Split('/'), path.Split('/'));
        return patterns.Length == segments.Length && patterns.Zip(segments).All(pair => SegmentMatches(pair.First, pair.Second));
    }

    // Goes back to the last star alone, so that no pattern takes more than its length times the text's.
    private static bool SegmentMatches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
