using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    private const int MaxListed = 12;

    /// <summary>"did you mean truck?" for trukc; the names where nothing is near.</summary>
    public static string For(string word, IReadOnlyList<string> known)
    {
        var nearest = known.MinBy(candidate => EditDistance.Between(word, candidate));
        var distance = nearest is null ? int.MaxValue : EditDistance.Between(word, nearest);
        return distance <= Math.Max(2, word.Length / 3) && distance < word.Length
            ? $"did you mean {nearest}?"
            : $"there are {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? $" and {known.Count - MaxListed} more" : "")}";
    }
}
