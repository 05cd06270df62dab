namespace EdgeVision.Packaging;

/// <summary>How many letters two words are apart: what tells which name was probably meant, and how much of a text was read right.</summary>
public static class EditDistance
{
    /// <summary>Letters to insert, remove or change (Levenshtein 1966). Example: trukc and truck are 2 apart.</summary>
    public static int Between(string a, string b)
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
