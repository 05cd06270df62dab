using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Query;

/// <summary>Compares JSON values: numbers with numbers, texts with texts byte by byte. Others are equal or not, and neither is greater.</summary>
internal static class Values
{
    public static bool Compare(JsonNode? left, string sign, JsonNode? right)
    {
        if (sign is "=" or "!=" or "<>")
        {
            return AreEqual(left, right) == (sign == "=");
        }

        return Order(left, right) is { } order && sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    public static string? TextOf(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool AreEqual(JsonNode? left, JsonNode? right) => Order(left, right) is { } order ? order == 0 : JsonNode.DeepEquals(left, right);

    /// <returns>Null for what has no order.</returns>
    private static int? Order(JsonNode? left, JsonNode? right) =>
        TextOf(left) is { } text && TextOf(right) is { } other ? string.CompareOrdinal(text, other)
        : NumberOf(left) is { } number && NumberOf(right) is { } second ? number.CompareTo(second)
        : null;

    private static double? NumberOf(JsonNode? value) => value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.Number
        ? scalar.TryGetValue<double>(out var real) ? real : scalar.TryGetValue<long>(out var integer) ? integer : null
        : null;
}
