namespace EdgeVision.Compression;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    private const int MaxListed = 12;

    /// <summary>"did you mean truck?" for trukc; the names where nothing is near.</summary>
    public static string For(string word, IReadOnlyList<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(word, candidate));
        return nearest is not null && Distance(word, nearest) <= Math.Max(1, word.Length / 3)
            ? $"did you mean {nearest}?"
            : $"there are {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? $" and {known.Count - MaxListed} more" : "")}";
    }

    /// <summary>Letters to insert, remove or change (Levenshtein 1966).</summary>
    public static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var letter in a)
        {
            var row = new int[b.Length + 1];
            row[0] = previous[0] + 1;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (letter == b[j - 1] ? 0 : 1));
            }

            previous = row;
        }

        return previous[^1];
    }
}
