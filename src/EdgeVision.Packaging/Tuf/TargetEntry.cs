using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>What a role says of one target.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Hashes">Algorithm (<c>sha256</c>, <c>sha512</c>) to hex.</param>
/// <param name="Custom">Means something to the application alone; an object.</param>
public sealed record TargetEntry(long Length, IReadOnlyDictionary<string, string> Hashes, JsonElement? Custom = null)
{
    internal static TargetEntry Read(MetadataField field) => new(
        field.Number("length", 0),
        FileHashes.Read(field),
        field.Optional("custom") is null ? null : field.Object("custom").Value);

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["length"] = Length, ["hashes"] = TufJson.Hashes(Hashes) };
        if (Custom is { } custom)
        {
            json["custom"] = JsonObject.Create(custom);
        }

        return json;
    }
}
