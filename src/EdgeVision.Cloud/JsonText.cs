using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud;

/// <summary>JSON in from strangers, and out for people.</summary>
internal static class JsonText
{
    // Nothing of it ends up in HTML, and a key with '+' should look like one.
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <param name="utf8">Anything.</param>
    /// <param name="node">What it says; null for JSON's null.</param>
    /// <returns>False when it is not JSON, is nested deeper than 32 levels or names a member twice.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(utf8, documentOptions: Strict);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    /// <returns>Null for anything but an object.</returns>
    public static JsonObject? TryParseObject(ReadOnlySpan<byte> utf8) => TryParse(utf8, out var node) ? node as JsonObject : null;
}
