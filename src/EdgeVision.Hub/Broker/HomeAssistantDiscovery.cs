using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>What is announced to Home Assistant: this device, and each camera as a device of its own behind it.</summary>
/// <remarks>
/// Device-based discovery (Home Assistant 2024.11 and later): <c>{prefix}/device/{device}/config</c> and <c>{prefix}/device/{device}/{camera}/config</c>, retained.
/// Source: home-assistant.io/integrations/mqtt, "Device discovery payload". Immutable, any thread.
/// </remarks>
internal sealed class HomeAssistantDiscovery(HomeAssistantOptions options, BrokerTopics topics)
{
    // templates are full of quotes, and no browser ever sees this
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const string Components = "components", Platform = "platform";

    private string Root => $"{options.Prefix}/device/{ObjectId(topics.Device)}";

    /// <summary>Where this device's announcements lie, and no other's.</summary>
    public IEnumerable<string> Filters => [$"{Root}/config", $"{Root}/+/config"];

    /// <summary>Letters that may stand in a discovery topic; others become _ and their code, and _ itself is doubled, so that no two names become one.</summary>
    /// <remarks>Example: <c>gate.1_b</c> is <c>gate_2e1__b</c>.</remarks>
    public static string ObjectId(string name)
    {
        var id = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            _ = letter == '_' ? id.Append("__") : char.IsAsciiLetterOrDigit((char)letter) || letter == '-' ? id.Append((char)letter) : id.Append('_').Append(Convert.ToHexStringLower([letter]));
        }

        return id.ToString();
    }

    /// <summary>The device first, because cameras name it.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Announcements(IReadOnlyList<string> cameras) =>
    [
        new($"{Root}/config", Encode(Announcement(DeviceOf(topics.Device, "edgevisiond", Identifier(null)), HomeAssistantEntities.OfDevice(Identifier(null))))),
        .. cameras.Select(camera => new KeyValuePair<string, byte[]>(
            $"{Root}/{ObjectId(camera)}/config", Encode(Announcement(CameraDevice(camera), HomeAssistantEntities.OfCamera(Identifier(camera), camera, topics.TelemetryOf("interval"), options.Classes))))),
    ];

    /// <summary>Home Assistant forgets a component only when told to, by its platform alone: what an earlier announcement had and the new one has not.</summary>
    /// <returns>Null when nothing is gone.</returns>
    public static byte[]? Farewell(byte[] before, byte[] now)
    {
        var announcement = JsonNode.Parse(now)!.AsObject();
        var components = announcement[Components]!.AsObject();
        var gone = ComponentsOf(before).Where(component => !components.ContainsKey(component.Id)).ToArray();
        foreach (var (id, platform) in gone)
        {
            components[id] = new JsonObject { [Platform] = platform };
        }

        return gone.Length > 0 ? Encode(announcement) : null;
    }

    private static IEnumerable<(string Id, string Platform)> ComponentsOf(byte[] announcement)
    {
        try
        {
            // whoever may write there may have put anything there
            return JsonNode.Parse(announcement, documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject document && document[Components] is JsonObject components
                ? components.Select(pair => (pair.Key, pair.Value is JsonObject component && component[Platform] is JsonValue value && value.TryGetValue<string>(out var platform) ? platform : ""))
                    .Where(component => component.Item2.Length > 0)
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static byte[] Encode(JsonObject announcement)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            announcement.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private string Identifier(string? camera) => camera is null ? $"edgevision_{topics.Device}" : $"edgevision_{topics.Device}_{camera}";

    private JsonObject Announcement(JsonObject device, JsonObject components) => new()
    {
        ["device"] = device,
        ["origin"] = new JsonObject { ["name"] = "EdgeVision", ["sw_version"] = options.SoftwareVersion },
        ["availability_topic"] = topics.StatusTopic,
        ["state_topic"] = topics.TelemetryOf("interval"),
        ["qos"] = 1,
        [Components] = components,
    };

    private JsonObject CameraDevice(string camera)
    {
        var device = DeviceOf($"{topics.Device} {camera}", "camera", Identifier(camera));
        device["via_device"] = Identifier(null);
        return device;
    }

    private JsonObject DeviceOf(string name, string model, string identifier) => new()
    {
        ["identifiers"] = new JsonArray(identifier), ["name"] = name, ["manufacturer"] = "EdgeVision", ["model"] = model, ["sw_version"] = options.SoftwareVersion,
    };
}
