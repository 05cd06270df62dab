using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>Whole strings right, and the share of characters: 1 - edits / characters of the truth (Levenshtein 1966), not below 0.</summary>
/// <remarks>Example: truth "ABC1", read "AB1": wrong, and 3 of 4 characters.</remarks>
internal sealed class TextScorer(string ignored) : IPictureScorer
{
    private long _edits;
    private long _characters;

    public string Metric => "text";

    public IReadOnlyDictionary<string, double> Further =>
        _characters == 0 ? new Dictionary<string, double>() : new Dictionary<string, double> { ["characters"] = Math.Max(0, 1 - (double)_edits / _characters) };

    public ItemOutcome Score(DatasetItem item, Frame frame, VisionResult result)
    {
        var (truth, read) = (Plain(item.Truth.Text), Plain(result.Text.Letters.ToString()));
        _characters += truth.Length;
        _edits += EditDistance.Between(truth, read);
        return new ItemOutcome(item.Name, truth == read ? 1 : 0, item.Truth.Text, result.Text.Letters.ToString());
    }

    private string Plain(string text) => string.Concat(text.Normalize().Where(letter => !ignored.Contains(letter, StringComparison.Ordinal)));
}
