using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Repository;

/// <summary>The signed target <c>policy.json</c>: what no device may run, and for how long it may go on without news.</summary>
/// <remarks>Example: <c>{"floors":{"ppe-detector":40},"offlineGraceDays":30,"revoked":["9f86d0…"]}</c>.</remarks>
/// <param name="Floors">Model to the smallest counter that devices still take.</param>
/// <param name="Revoked">Manifests, 64 hex digits each.</param>
/// <param name="OfflineGraceDays">Days that expired metadata is still good for on sites without a network.</param>
public sealed record ReleasePolicy(IReadOnlyDictionary<string, long> Floors, IReadOnlyList<string> Revoked, int OfflineGraceDays)
{
    public const string TargetPath = "policy.json";

    /// <summary>A larger file is not read.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>What owners may give.</summary>
    public const int MaxGraceDays = 365;

    /// <summary>What devices take: owners with other tools give more.</summary>
    internal const int MostGraceDays = 3650;

    public static ReleasePolicy Empty { get; } = new(new Dictionary<string, long>(), [], 0);

    /// <exception cref="FormatException">Names the field and what is expected.</exception>
    public static ReleasePolicy Read(ReadOnlyMemory<byte> utf8) => ReleasePolicyReader.Read(utf8);

    public byte[] ToBytes() => Tuf.CanonicalJson.Encode(JsonSerializer.SerializeToElement(ToJson(), RepositoryJson.Default.JsonObject));

    public JsonObject ToJson() => new()
    {
        ["floors"] = new JsonObject(Floors.OrderBy(floor => floor.Key, StringComparer.Ordinal).Select(floor => KeyValuePair.Create<string, JsonNode?>(floor.Key, floor.Value))),
        ["revoked"] = new JsonArray([.. Revoked.Order(StringComparer.Ordinal).Select(digest => (JsonNode?)digest)]),
        ["offlineGraceDays"] = OfflineGraceDays,
    };
}
