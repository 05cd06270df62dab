using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>What one metadata file says of another.</summary>
/// <param name="Length">Bytes; null when not said.</param>
/// <param name="Hashes">Algorithm (<c>sha256</c>, <c>sha512</c>) to hex; null when not said.</param>
public sealed record MetaFile(long Version, long? Length = null, IReadOnlyDictionary<string, string>? Hashes = null)
{
    internal static MetaFile Read(MetadataField field) => new(
        field.Number("version", 1),
        field.Optional("length")?.AsNumber(1),
        field.Optional("hashes") is null ? null : FileHashes.Read(field));

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["version"] = Version };
        if (Length is { } length)
        {
            json["length"] = length;
        }

        if (Hashes is { } hashes)
        {
            json["hashes"] = TufJson.Hashes(hashes);
        }

        return json;
    }
}
