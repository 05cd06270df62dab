using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>Reads JSON that comes from elsewhere.</summary>
internal static class JsonText
{
    /// <returns>Null for anything that is not a JSON object, or is more than 64 deep, or has a key twice.</returns>
    public static JsonObject? TryParseObject(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject? TryParseObject(string text) => TryParseObject(Encoding.UTF8.GetBytes(text));

    /// <returns>Empty where there is no such text.</returns>
    public static string Text(this JsonObject? json, string key) => json?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
