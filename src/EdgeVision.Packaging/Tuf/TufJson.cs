using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Lists and maps of metadata as JSON.</summary>
internal static class TufJson
{
    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    public static JsonObject Map<T>(IEnumerable<KeyValuePair<string, T>> entries, Func<T, JsonNode?> write) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, write(entry.Value))));

    public static JsonObject Hashes(IReadOnlyDictionary<string, string> hashes) => Map(hashes, hash => hash);
}
