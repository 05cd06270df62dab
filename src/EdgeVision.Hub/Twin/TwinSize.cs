using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>What a part of a twin weighs by the hub's rule: keys and texts their UTF-8 bytes without control characters, a number 8, true and false 4.</summary>
/// <remarks>Example: {"a":1,"bc":"xyz"} weighs 1 + 8 + 2 + 3 = 14. Source: learn.microsoft.com/azure/iot-hub/iot-hub-devguide-device-twins.</remarks>
internal static class TwinSize
{
    /// <summary>Of the reported section, of the desired one, and of a patch.</summary>
    public const int SectionLimit = 32 << 10;

    public const int TextLimit = 4 << 10;

    public static int Of(JsonNode? node) => node switch
    {
        JsonObject section => section.Sum(pair => OfText(pair.Key) + Of(pair.Value)),
        JsonArray array => array.Sum(Of),
        JsonValue value => value.GetValueKind() switch { JsonValueKind.Number => 8, JsonValueKind.String => OfText(value.GetValue<string>()), _ => 4 },
        _ => 0,
    };

    public static int OfText(string text) => Encoding.UTF8.GetByteCount(text) - text.Count(char.IsControl);

    /// <summary>Where the first text stands that is longer than a hub takes; null = nowhere.</summary>
    public static string? LongText(string path, JsonNode? node) => node switch
    {
        JsonObject section => section.Select(pair => LongText($"{path}.{pair.Key}", pair.Value)).FirstOrDefault(found => found is not null),
        JsonArray array => array.Select((item, index) => LongText($"{path}[{index}]", item)).FirstOrDefault(found => found is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && OfText(value.GetValue<string>()) > TextLimit => path,
        _ => null,
    };

    /// <summary>As much of a patch as a hub takes at once: what removes first, because what is added may need its room.</summary>
    public static JsonObject FirstPart(JsonObject patch, int limit = SectionLimit)
    {
        if (Of(patch) < limit)
        {
            return patch;
        }

        var part = Take(patch, limit, removals: true).Part;
        return part.Count > 0 ? part : Take(patch, limit, removals: false).Part;
    }

    private static (JsonObject Part, int Room) Take(JsonObject patch, int room, bool removals)
    {
        var part = new JsonObject();
        foreach (var (key, value) in patch)
        {
            var left = room - OfText(key);
            if (value is JsonObject { Count: > 0 } inner)
            {
                var (taken, rest) = Take(inner, left, removals);
                if (taken.Count > 0)
                {
                    (part[key], room) = (taken, rest);
                }
            }
            else if (value is null == removals && left - Of(value) > 0)
            {
                (part[key], room) = (value?.DeepClone(), left - Of(value));
            }
        }

        return (part, room);
    }
}
