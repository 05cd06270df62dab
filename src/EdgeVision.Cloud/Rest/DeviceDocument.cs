using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Reads a device as a service writes it: Azure's document, of which status and symmetric keys count.</summary>
internal static class DeviceDocument
{
    private const int LeastKeyBytes = 16, MostKeyBytes = 64;

    /// <returns>Null when it is none; then <paramref name="wrong"/> says why.</returns>
    public static DeviceChange? Read(byte[] body, out string wrong)
    {
        wrong = "The body is a JSON object; its status is enabled or disabled.";
        var json = body.Length == 0 ? [] : JsonText.TryParseObject(body);
        if (json is null || Text(json["status"]) is not ("" or "enabled" or "disabled") || Text(json["status"]) is not { } status)
        {
            return null;
        }

        var keys = (json["authentication"] as JsonObject)?["symmetricKey"] as JsonObject;
        var (primary, secondary) = (Text(keys?["primaryKey"]), Text(keys?["secondaryKey"]));
        if (!IsKey(primary) || !IsKey(secondary))
        {
            wrong = $"authentication.symmetricKey holds primaryKey and secondaryKey, base64 of {LeastKeyBytes} to {MostKeyBytes} bytes; leave them out and the hub makes them.";
            return null;
        }

        return new DeviceChange(status.Length == 0 ? null : status == "enabled", Filled(primary), Filled(secondary));
    }

    private static bool IsKey(string? key) => key is not null && (key.Length == 0 || IsKeyOfRightSize(key));

    private static bool IsKeyOfRightSize(string key)
    {
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var length) && length is >= LeastKeyBytes and <= MostKeyBytes;
    }

    private static string? Filled(string? text) => text is { Length: > 0 } ? text : null;

    /// <returns>Empty when there is nothing; null when it is no text.</returns>
    private static string? Text(JsonNode? node) => node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
