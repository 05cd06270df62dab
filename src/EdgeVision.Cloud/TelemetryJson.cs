using System.Globalization;
using System.Text.Json;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud;

/// <summary>A message as people and programs read it: one line of JSON.</summary>
/// <remarks>{"deviceId","sequence","enqueuedTime","properties","systemProperties","body"}; body is the device's JSON where it says that it is JSON and is, otherwise base64.</remarks>
internal static class TelemetryJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonText.Readable.Encoder };

    public static void Write(Stream output, TelemetryMessage message)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("deviceId", message.DeviceId);
        json.WriteNumber("sequence", message.Sequence);
        json.WriteString("enqueuedTime", message.Enqueued.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        WriteProperties(json, "properties", message.Properties);
        WriteProperties(json, "systemProperties", message.SystemProperties);
        json.WritePropertyName("body");
        WriteBody(json, message);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> properties)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in properties)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, TelemetryMessage message)
    {
        if (IsJson(message.SystemProperties) && TryParse(message.Body) is { } body)
        {
            using (body)
            {
                body.WriteTo(json); // written anew, because a line break inside would break the line
            }
        }
        else
        {
            json.WriteBase64StringValue(message.Body);
        }
    }

    private static bool IsJson(IReadOnlyDictionary<string, string> system)
    {
        var type = system.GetValueOrDefault("content-type", "").Split(';')[0].Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonDocument? TryParse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
