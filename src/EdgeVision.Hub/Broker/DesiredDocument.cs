using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The desired document as somebody put it on its topic, made sure of: a JSON object with a <c>$version</c>.</summary>
/// <remarks>
/// A document that does not say its version gets one from its bytes: the first 6 bytes of their sha256 as a number, so that the same document has the same version after a restart.
/// No payload at all (a cleared topic) is the empty document: every wish is withdrawn.
/// </remarks>
internal static class DesiredDocument
{
    public const int MostBytes = 32 << 10;
    private const string VersionKey = "$version";
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <returns>Null with the problem.</returns>
    public static JsonObject? TryRead(byte[] payload, out string problem)
    {
        problem = payload.Length > MostBytes ? $"is longer than {MostBytes} bytes" : "";
        if (problem.Length > 0 || TryParse(payload, out problem) is not { } document)
        {
            return null;
        }

        if (!document.TryGetPropertyValue(VersionKey, out var version))
        {
            document[VersionKey] = VersionOf(payload);
        }
        else if (version is not JsonValue value || !value.TryGetValue<long>(out var number) || number < 0)
        {
            problem = $"has a {VersionKey} that is no whole number: leave it out, or count it up at each change";
            return null;
        }

        return document;
    }

    private static JsonObject? TryParse(byte[] payload, out string problem)
    {
        problem = "";
        try
        {
            var document = payload.Length == 0 ? [] : JsonNode.Parse(payload, documentOptions: Strict) as JsonObject;
            problem = document is null ? "is not a JSON object" : "";
            return document;
        }
        catch (JsonException exception)
        {
            problem = $"is not JSON: {exception.Message}";
            return null;
        }
    }

    private static long VersionOf(byte[] payload)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, digest);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(digest) >> 16);
    }
}
