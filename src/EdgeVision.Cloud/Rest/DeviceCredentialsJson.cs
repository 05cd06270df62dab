using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>The <c>authentication</c> of a device as Azure's registry writes it: <c>{"type":"selfSigned","x509Thumbprint":{"primaryThumbprint":"..."}}</c>.</summary>
/// <remarks>Keys that are missing or null are made by the hub: <c>{"type":"sas"}</c> alone changes both.</remarks>
internal static class DeviceCredentialsJson
{
    private const int MinKeyBytes = 16, MaxKeyBytes = 64;

    /// <returns>Nothing at all when the body says nothing of it; otherwise the credentials, or what is wrong with them.</returns>
    public static (DeviceCredentials? Value, string? Error) Read(byte[] body)
    {
        if (body.Length == 0 || JsonText.TryParseObject(body)?["authentication"] is not { } node)
        {
            return (null, null);
        }

        return DeviceCredentials.TypeOf(Text(node, "type")) switch
        {
            DeviceAuthentication.Sas => ReadKeys(node as JsonObject),
            DeviceAuthentication.SelfSigned => ReadThumbprints(node as JsonObject),
            DeviceAuthentication.CertificateAuthority => (DeviceCredentials.Authority, null),
            _ => (null, "authentication.type is sas, selfSigned or certificateAuthority."),
        };
    }

    private static (DeviceCredentials?, string?) ReadKeys(JsonObject? authentication)
    {
        var keys = authentication?["symmetricKey"];
        var (primary, secondary) = (Text(keys, "primaryKey"), Text(keys, "secondaryKey"));
        return IsKey(primary) && IsKey(secondary)
            ? (DeviceCredentials.Keys(primary.Length > 0 ? primary : DataDirectory.NewKey(), secondary.Length > 0 ? secondary : DataDirectory.NewKey()), null)
            : (null, $"A symmetric key is the base64 of {MinKeyBytes} to {MaxKeyBytes} bytes.");
    }

    private static (DeviceCredentials?, string?) ReadThumbprints(JsonObject? authentication)
    {
        var prints = authentication?["x509Thumbprint"];
        var (primary, secondary) = (Text(prints, "primaryThumbprint"), Text(prints, "secondaryThumbprint"));
        return (ShownCertificate.NormalizeThumbprint(primary), secondary.Length == 0 ? "" : ShownCertificate.NormalizeThumbprint(secondary)) is ({ } first, { } second)
            ? (DeviceCredentials.Thumbprints(first, second), null)
            : (null, "A thumbprint is the SHA-1 (40 hex digits) or SHA-256 (64) of the certificate.");
    }

    private static bool IsKey(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length == 0 || (Convert.TryFromBase64String(text, bytes, out var length) && length is >= MinKeyBytes and <= MaxKeyBytes);
    }

    private static string Text(JsonNode? node, string name) =>
        node is JsonObject json && json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
}
