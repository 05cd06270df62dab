using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary>The word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>"did you mean stall_seconds?" for stall_secconds; the whole list where nothing is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        var words = known.ToArray();
        var nearest = words.MinBy(candidate => EditDistance.Between(word, candidate))!;
        return EditDistance.Between(word, nearest) <= Math.Max(2, word.Length / 3) ? $"did you mean {nearest}?" : $"there are {string.Join(", ", words)}";
    }
}
