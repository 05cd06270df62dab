using System.Text;

namespace EdgeVision.Hub;

/// <summary>The properties of a message as they stand at the end of its topic: <c>key=value&amp;key=value</c>, each side percent-encoded.</summary>
/// <remarks>Keys that begin with <c>$.</c> are system properties (<see cref="SystemProperties"/>). <c>key=</c> is empty, <c>key</c> alone is null.</remarks>
public static class PropertyBag
{
    public static string Encode(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in properties)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>Takes what the official SDKs send: a leading <c>?</c>, a trailing <c>/</c>, keys encoded or raw.</summary>
    public static Dictionary<string, string?> Decode(string bag)
    {
        var properties = new Dictionary<string, string?>(StringComparer.Ordinal);
        bag = bag.StartsWith('?') ? bag[1..] : bag;
        bag = bag.EndsWith('/') ? bag[..^1] : bag;
        foreach (var pair in bag.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = SplitPair(pair);
            properties[Uri.UnescapeDataString(key)] = value is null ? null : Uri.UnescapeDataString(value);
        }

        return properties;
    }

    internal static (string Key, string? Value) SplitPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (pair, null) : (pair[..equals], pair[(equals + 1)..]);
    }
}
