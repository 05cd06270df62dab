using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The hub's answer to the wish to upload a file: where to, and the secret that allows it.</summary>
/// <param name="CorrelationId">Named again when the hub is told how it went.</param>
/// <param name="BlobName">With the device's name before it.</param>
/// <param name="Blob">The whole address, with the secret behind the question mark; never logged.</param>
internal sealed record UploadTicket(string CorrelationId, string BlobName, Uri Blob)
{
    /// <returns>Null when the answer cannot be used.</returns>
    public static UploadTicket? Parse(string body)
    {
        try
        {
            var answer = JsonNode.Parse(body) as JsonObject;
            string Text(string key) => answer?[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
            var (blob, secret) = (Text("blobName"), Text("sasToken").TrimStart('?'));
            var path = string.Join('/', blob.Split('/').Select(Uri.EscapeDataString));
            return blob.Length > 0 && Uri.TryCreate($"https://{Text("hostName")}/{Text("containerName")}/{path}?{secret}", UriKind.Absolute, out var address)
                ? new UploadTicket(Text("correlationId"), blob, Spoken(address))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same blob with another operation.</summary>
    public Uri With(string operation) => new($"{Blob.AbsoluteUri}&{operation}");

    /// <summary>A store on this very machine is spoken to without TLS (the emulator has none); every other in TLS, whatever the hub says.</summary>
    private static Uri Spoken(Uri address) => address.IsLoopback ? new UriBuilder(address) { Scheme = "http" }.Uri : address;
}
