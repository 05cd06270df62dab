using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What a twin may hold; the same as Azure's, so that a device that works here works there.</summary>
/// <remarks>
/// Section at most 32 KB, tags 8 KB (keys and values; a number 8, a boolean 4 bytes), key at most 1 KB without control characters, '.', '$' and space, text at most 4 KB, depth at most 10,
/// integers within +-2^52. Source: learn.microsoft.com/azure/iot-hub/iot-hub-devguide-device-twins.
/// </remarks>
internal static class TwinLimits
{
    public const int MaxSectionBytes = 32 * 1024, MaxTagsBytes = 8 * 1024;
    private const int MaxKeyBytes = 1024, MaxTextBytes = 4096, MaxDepth = 10;
    private const long MinInteger = -(1L << 52), MaxInteger = (1L << 52) - 1;

    /// <returns>What is wrong, as a sentence; null when nothing is.</returns>
    public static string? Violation(JsonObject patch, int depth = 1)
    {
        if (depth > MaxDepth)
        {
            return $"The properties are nested deeper than {MaxDepth} levels.";
        }

        foreach (var (key, value) in patch)
        {
            if ((ViolationOfKey(key) ?? ViolationOfValue(key, value, depth)) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    /// <summary>Size as it is metered: keys and values, no punctuation.</summary>
    public static int SizeOf(JsonNode? node) => node switch
    {
        null => 0,
        JsonObject section => section.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + SizeOf(member.Value)),
        JsonArray array => array.Sum(SizeOf),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => Encoding.UTF8.GetByteCount(value.GetValue<string>()),
            JsonValueKind.Number => 8,
            _ => 4,
        },
        _ => 0,
    };

    private static string? ViolationOfKey(string key)
    {
        var isBad = key.Length == 0 || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes || key.AsSpan().IndexOfAny('.', '$', ' ') >= 0 || key.Any(char.IsControl);
        return isBad ? $"The key '{Shorten(key)}' is not allowed: 1 to {MaxKeyBytes} bytes, no control characters, '.', '$' or space." : null;
    }

    private static string? ViolationOfValue(string key, JsonNode? value, int depth) => value switch
    {
        JsonObject inner => Violation(inner, depth + 1),
        JsonArray array => array.Select(item => ViolationOfValue(key, item, depth + 1)).FirstOrDefault(violation => violation is not null),
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String && Encoding.UTF8.GetByteCount(scalar.GetValue<string>()) > MaxTextBytes =>
            $"The text of '{Shorten(key)}' is over {MaxTextBytes} bytes.",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number && !IsNumber(scalar) => $"The number of '{Shorten(key)}' is out of range.",
        _ => null,
    };

    private static bool IsNumber(JsonValue value) =>
        value.TryGetValue<long>(out var integer) ? integer is >= MinInteger and <= MaxInteger : value.TryGetValue<double>(out var real) && double.IsFinite(real);

    private static string Shorten(string key) => key.Length > 40 ? key[..40] + "..." : key;
}
