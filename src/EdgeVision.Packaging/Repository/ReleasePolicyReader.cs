using System.Text.Json;

namespace EdgeVision.Packaging.Repository;

/// <summary>Bytes to <see cref="ReleasePolicy"/>: unknown fields are ignored; a known one that is wrong makes the whole file unusable, because a floor that is misread is no floor.</summary>
internal static class ReleasePolicyReader
{
    /// <exception cref="FormatException">Names the field and what is expected.</exception>
    public static ReleasePolicy Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? new ReleasePolicy(FloorsOf(root), RevokedOf(root), GraceOf(root)) : throw new FormatException("policy.json: an object is expected");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // the second for a text that holds what is no character
        {
            throw new FormatException($"policy.json: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, long> FloorsOf(JsonElement root)
    {
        var floors = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!root.TryGetProperty("floors", out var all))
        {
            return floors;
        }

        foreach (var floor in all.ValueKind == JsonValueKind.Object ? all.EnumerateObject() : throw new FormatException("policy.json: floors: an object is expected"))
        {
            floors[floor.Name] = floor.Value.ValueKind == JsonValueKind.Number && floor.Value.TryGetInt64(out var least) && least >= 0
                ? least
                : throw new FormatException($"policy.json: floors.{floor.Name}: a whole number is expected");
        }

        return floors;
    }

    private static List<string> RevokedOf(JsonElement root)
    {
        var revoked = new List<string>();
        if (!root.TryGetProperty("revoked", out var all))
        {
            return revoked;
        }

        foreach (var digest in all.ValueKind == JsonValueKind.Array ? all.EnumerateArray() : throw new FormatException("policy.json: revoked: a list is expected"))
        {
            var text = digest.ValueKind == JsonValueKind.String ? digest.GetString()! : "";
            text = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
            revoked.Add(ManifestRules.IsSha256(text) ? text : throw new FormatException("policy.json: revoked: 64 lower-case hex digits are expected"));
        }

        return revoked;
    }

    private static int GraceOf(JsonElement root) =>
        !root.TryGetProperty("offlineGraceDays", out var days) ? 0
        : days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out var count) && count is >= 0 and <= ReleasePolicy.MostGraceDays ? count
        : throw new FormatException($"policy.json: offlineGraceDays: a whole number from 0 to {ReleasePolicy.MostGraceDays} is expected");
}
