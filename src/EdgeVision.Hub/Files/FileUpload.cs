using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>One file to the hub's store, in the three steps of the protocol: ask where to, write it there, say how it went.</summary>
/// <remarks>The last is said whatever happened, because a hub keeps one of ten places for it until then. Source: learn.microsoft.com/azure/iot-hub/iot-hub-devguide-file-upload.</remarks>
internal sealed partial class FileUpload(HubHttp http, HubConnectionString hub, TimeProvider time, ILogger logger)
{
    private const string ApiVersion = "api-version=2021-04-12";
    private const int LongestName = 1024;
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(30), TokenLife = TimeSpan.FromHours(1);

    public int BlockBytes { get; init; } = BlobWriter.DefaultBlockBytes;

    /// <exception cref="OperationCanceledException">Cancelled; the hub was told.</exception>
    public async Task<UploadResult> RunAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || name.StartsWith('/') || name.EndsWith('/'))
        {
            return new UploadResult(UploadFailure.Name, "", $"'{name}' is no name for a file in a store: use 1 to {LongestName} characters, with / inside only");
        }

        var answer = await PostAsync("files", new JsonObject { ["blobName"] = name }, cancellationToken).ConfigureAwait(false);
        if (!answer.IsGood || UploadTicket.Parse(answer.Body) is not { } ticket)
        {
            return Refusal(answer);
        }

        var stored = new HttpAnswer(0, "cancelled");
        try
        {
            stored = await new BlobWriter(http, ticket, BlockBytes).WriteAsync(content, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await SayAsync(ticket, stored).ConfigureAwait(false);
        }

        return stored.IsGood
            ? new UploadResult(UploadFailure.None, ticket.BlobName, "")
            : new UploadResult(stored.Status == 0 ? UploadFailure.Unreachable : UploadFailure.Store, ticket.BlobName, $"the store {ticket.Blob.Authority} did not take {ticket.BlobName} ({stored.Said})");
    }

    private UploadResult Refusal(HttpAnswer answer)
    {
        var (failure, advice) = answer switch
        {
            // never the body: it may hold the secret of a place that is only half named
            { IsGood: true } => (UploadFailure.Refused, "its answer names no place that can be used"),
            { Status: 0 } => (UploadFailure.Unreachable, $"port {hub.Endpoint.HttpsPort} could not be reached ({answer.Said})"),
            { Status: 403 } when answer.Body.Contains("403006", StringComparison.Ordinal) => (UploadFailure.Throttled, $"too many uploads of this device are under way ({answer.Said})"),
            { Status: 401 or 403 } => (UploadFailure.Unauthorized, $"refused this device: check its key or certificate, and its clock ({answer.Said})"),
            { Status: 429 } => (UploadFailure.Throttled, $"asked to wait ({answer.Said})"),
            { Status: >= 500 } => (UploadFailure.Store, $"is out of order ({answer.Said})"),
            _ => (UploadFailure.Refused, $"takes no files: a store for them must be set up at the hub ({answer.Said})"),
        };
        return new UploadResult(failure, "", $"hub {hub.HostName}: {advice}");
    }

    private async Task SayAsync(UploadTicket ticket, HttpAnswer stored)
    {
        using var limit = new CancellationTokenSource(LastWord, time);
        var body = new JsonObject
        {
            ["correlationId"] = ticket.CorrelationId, ["isSuccess"] = stored.IsGood, ["statusCode"] = stored.Status, ["statusDescription"] = stored.IsGood ? "" : stored.Said,
        };
        try
        {
            var answer = await PostAsync("files/notifications", body, limit.Token).ConfigureAwait(false);
            if (!answer.IsGood)
            {
                Log.NotSaid(logger, ticket.BlobName, answer.Said);
            }
        }
        catch (OperationCanceledException)
        {
            Log.NotSaid(logger, ticket.BlobName, "no answer in time");
        }
    }

    private Task<HttpAnswer> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var (text, place) = (body.ToJsonString(), hub.Endpoint);
        var address = new Uri($"https://{place.Host}:{place.HttpsPort}/devices/{Uri.EscapeDataString(hub.DeviceId)}/{path}?{ApiVersion}");
        return http.SendAsync(() => Authorised(new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text, Encoding.UTF8, "application/json") }), cancellationToken);
    }

    private HttpRequestMessage Authorised(HttpRequestMessage request)
    {
        if (hub.SharedAccessKey.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", SasToken.Create(hub.Resource, hub.SharedAccessKey, time.GetUtcNow() + TokenLife));
        }

        return request;
    }

    private static partial class Log
    {
        [LoggerMessage(3050, LogLevel.Warning, "hub: could not be told how the upload of {Blob} went: {Reason}")]
        public static partial void NotSaid(ILogger logger, string blob, string reason);
    }
}
