namespace EdgeVision.Compression;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    private const int MaxListed = 12;

    /// <summary>"did you mean truck?" for trukc; the names where nothing is near.</summary>
    public static string For(string word, IReadOnlyList<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(word, candidate));
        var distance = nearest is null ? int.MaxValue : Distance(word, nearest);
        return distance <= Math.Max(2, word.Length / 3) && distance < word.Length
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
