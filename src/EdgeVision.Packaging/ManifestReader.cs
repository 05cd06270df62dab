using System.Text.Json;

namespace EdgeVision.Packaging;

/// <summary>Bytes to <see cref="Manifest"/>, within limits.</summary>
public static class ManifestReader
{
    /// <summary>Larger manifests are refused unread.</summary>
    public const int MaxBytes = 256 * 1024;

    internal const int MaxDepth = 16;

    // Duplicates are refused in the parse, because it sees the unknown fields too: two readers must never see two different manifests.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="utf8">The file's bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PackageException">Too large, not JSON, duplicate keys, unknown schema, or a field out of its limits.</exception>
    public static Manifest Read(ReadOnlySpan<byte> utf8, string name)
    {
        if (utf8.Length > MaxBytes)
        {
            throw TooLarge(name, utf8.Length);
        }

        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Strict);
            RequireKnownSchema(document.RootElement, name);
            var manifest = document.RootElement.Deserialize(ManifestJson.Default.Manifest)!;
            ManifestRules.Check(manifest, name);
            return manifest;
        }
        catch (JsonException exception)
        {
            throw new PackageException($"{name}: {exception.Path ?? "$"}: {Reason(exception)} Correct the field, or make the package anew.", exception);
        }
    }

    internal static PackageException TooLarge(string name, long bytes) =>
        new($"{name}: {bytes} bytes, but a manifest has at most {MaxBytes}. Is this the model itself instead of its manifest?");

    // Before anything else is read, because another schema may mean other things by the same names.
    private static void RequireKnownSchema(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new PackageException($"{name}: $: a manifest is a JSON object, not {root.ValueKind}. See models/README.md for an example.");
        }

        if (!root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out var number))
        {
            throw new PackageException($"{name}: $.schema: missing or not a whole number. Add \"schema\": {Manifest.CurrentSchema}.");
        }

        if (number != Manifest.CurrentSchema)
        {
            throw new PackageException($"{name}: $.schema: {number} is not known, only {Manifest.CurrentSchema}. Update the daemon, or package the model for this one.");
        }
    }

    // The rest of the parser's message repeats the path and names the line of a re-written text.
    private static string Reason(JsonException exception)
    {
        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }
}
