using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>The envelope of every metadata file: what is signed, and by whom.</summary>
/// <remarks>
/// Signatures are over the canonical form of all of <c>signed</c>, fields that this version does not know included, because a later one may mean something by them.
/// Example: <c>{"signatures":[{"keyid":"0a…","sig":"30…"}],"signed":{"_type":"timestamp",…}}</c>. Immutable, any thread.
/// </remarks>
public sealed class SignedMetadata
{
    private const int MaxDepth = 32;
    private const int MaxSignatures = 256;

    // Duplicates are refused in the parse: two readers must never see two different files.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private SignedMetadata(JsonElement signed, IReadOnlyList<TufSignature> signatures)
    {
        Signed = signed;
        Signatures = signatures;
        CanonicalBytes = CanonicalJson.Encode(signed);
    }

    public JsonElement Signed { get; }

    public IReadOnlyList<TufSignature> Signatures { get; }

    /// <summary>What the signatures are over.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes { get; }

    /// <summary>The <c>_type</c> of the signed part.</summary>
    public string Type => new MetadataField(Signed, "$.signed").Text("_type");

    /// <param name="name">What errors call the file.</param>
    /// <exception cref="TufException">Format.</exception>
    public static SignedMetadata Read(ReadOnlyMemory<byte> utf8, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            var envelope = new MetadataField(document.RootElement, name + ": $");
            var signed = envelope.Object("signed");
            return new SignedMetadata(signed.Value.Clone(), ReadSignatures(envelope));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new TufException(TufFailure.Format, $"{name} is not metadata: {exception.Message} The file is damaged, or something else answered in its place.", exception);
        }
    }

    /// <summary>Not signed yet.</summary>
    public static SignedMetadata Of(JsonObject signed)
    {
        using var document = JsonDocument.Parse(signed.ToJsonString(), Strict);
        return new SignedMetadata(document.RootElement.Clone(), []);
    }

    /// <summary>With this signature, in the place of an earlier one of the same key id.</summary>
    public SignedMetadata With(TufSignature signature) => new(Signed, [.. Signatures.Where(other => other.KeyId != signature.KeyId), signature]);

    /// <summary>The file; the same metadata always gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        // Not in canonical form, because that is no JSON: it leaves the line ends in a PEM key as they are.
        var signatures = new JsonArray([.. Signatures.Select(signature => new JsonObject { ["keyid"] = signature.KeyId, ["sig"] = signature.Value })]);
        return Encoding.UTF8.GetBytes(new JsonObject { ["signatures"] = signatures, ["signed"] = JsonObject.Create(Signed) }.ToJsonString());
    }

    private static List<TufSignature> ReadSignatures(MetadataField envelope)
    {
        var signatures = envelope.Array("signatures", MaxSignatures).Select(field => new TufSignature(field.Text("keyid"), field.Text("sig"))).ToList();
        var unique = signatures.Select(signature => signature.KeyId).ToHashSet(StringComparer.Ordinal).Count == signatures.Count;
        return unique ? signatures : throw envelope.Problem("signatures", "holds two of one key");
    }
}
