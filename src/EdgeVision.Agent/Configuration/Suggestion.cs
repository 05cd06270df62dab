namespace EdgeVision.Agent;

/// <summary>The word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>"did you mean stall_seconds?" for stall_secconds; the whole list where nothing is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var words = known.ToArray();
        var nearest = words.MinBy(candidate => Distance(word, candidate))!;
        return Distance(word, nearest) <= Math.Max(2, word.Length / 3) ? $"did you mean {nearest}?" : $"there are {string.Join(", ", words)}";
    }

    /// <summary>Letters to insert, remove or change (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
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
