using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging;

/// <summary>A file of a release as its <see cref="FileDelta"/> to a file of an older one; signed as <c>custom.deltas</c> of the release's target.</summary>
/// <param name="Of">Digest of the new file, 64 hex digits like the others.</param>
/// <param name="From">Digest of the old one.</param>
/// <param name="FromSize">Bytes of the old one.</param>
/// <param name="Sha256">Digest of the delta, which lies among the objects.</param>
/// <param name="Size">Bytes of the delta.</param>
public sealed record ReleaseDelta(string Of, string From, long FromSize, string Sha256, long Size)
{
    /// <summary>For one release; more are not read.</summary>
    public const int Most = 16;

    private const string Key = "deltas";

    /// <summary>Those that are well-formed: a delta is a convenience, so a bad one is passed over.</summary>
    public static IReadOnlyList<ReleaseDelta> Read(JsonElement custom) =>
        custom.ValueKind == JsonValueKind.Object && custom.TryGetProperty(Key, out var deltas) && deltas.ValueKind == JsonValueKind.Array
            ? [.. deltas.EnumerateArray().Take(Most).Select(ReadOne).OfType<ReleaseDelta>()]
            : [];

    /// <summary>Into <c>custom</c> of a release's target.</summary>
    public static void Write(JsonObject custom, IReadOnlyList<ReleaseDelta> deltas)
    {
        if (deltas.Count > 0)
        {
            custom[Key] = new JsonArray([.. deltas.Select(delta => (JsonNode)new JsonObject
            {
                ["of"] = delta.Of, ["from"] = delta.From, ["fromSize"] = delta.FromSize, ["sha256"] = delta.Sha256, ["size"] = delta.Size,
            })]);
        }
    }

    private static ReleaseDelta? ReadOne(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && Digest(json, "of") is { } of && Digest(json, "from") is { } from && Digest(json, "sha256") is { } sha256
        && Length(json, "fromSize") is { } fromSize && Length(json, "size") is { } size
            ? new ReleaseDelta(of, from, fromSize, sha256, size)
            : null;

    private static string? Digest(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && ManifestRules.IsSha256(value.GetString()) ? value.GetString() : null;

    private static long? Length(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var length) && length is > 0 and <= ManifestFileRules.MaxTotalBytes ? length : null;
}
