using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>A public key of the repository.</summary>
/// <param name="KeyType"><c>ed25519</c>, <c>ecdsa</c> (also written <c>ecdsa-sha2-nistp256</c>), <c>rsa</c>.</param>
/// <param name="Scheme"><c>ed25519</c>, <c>ecdsa-sha2-nistp256</c> (DER signatures), <c>rsassa-pss-sha256</c>.</param>
/// <param name="Public">64 hex digits for ed25519, else PEM.</param>
/// <remarks>A key of a kind that is not known here can be written down and read, but verifies nothing. Any thread.</remarks>
public sealed record TufKey(string KeyType, string Scheme, string Public)
{
    /// <summary>The id a key is to be listed under: sha256 of the canonical form of its JSON, in hex.</summary>
    public string Id
    {
        get
        {
            using var document = JsonDocument.Parse(ToJson().ToJsonString());
            return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Encode(document.RootElement)));
        }
    }

    /// <param name="signature">Hex.</param>
    public bool Verify(ReadOnlySpan<byte> data, string signature)
    {
        using var key = Import();
        return key?.Verify(data, signature) ?? false;
    }

    /// <summary>Null when it is of no use here.</summary>
    internal PublicKey? Import() => PublicKey.Import(KeyType, Scheme, Public);

    internal static TufKey Read(MetadataField field) => new(field.Text("keytype"), field.Text("scheme"), field.Object("keyval").Text("public"));

    internal JsonObject ToJson() => new() { ["keytype"] = KeyType, ["scheme"] = Scheme, ["keyval"] = new JsonObject { ["public"] = Public } };
}
