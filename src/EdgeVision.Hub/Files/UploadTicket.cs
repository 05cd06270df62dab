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
        var answer = JsonText.TryParseObject(body);
        var (blob, secret) = (answer.Text("blobName"), answer.Text("sasToken").TrimStart('?'));
        var path = string.Join('/', blob.Split('/').Select(Uri.EscapeDataString));
        return blob.Length > 0 && Uri.TryCreate($"https://{answer.Text("hostName")}/{answer.Text("containerName")}/{path}?{secret}", UriKind.Absolute, out var address)
            ? new UploadTicket(answer.Text("correlationId"), blob, address)
            : null;
    }

    /// <summary>The same blob with another operation.</summary>
    public Uri With(string operation) => new($"{Blob.AbsoluteUri}&{operation}");
}
