using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>POSTs messages as lines of JSON, signed, and takes a 2xx for "I have them".</summary>
/// <remarks>
/// X-EdgeVision-Signature is <c>v1=</c> and the HMAC-SHA256, in hex, of X-EdgeVision-Timestamp, a dot and the body, keyed with the destination's secret: a receiver compares it and refuses old
/// timestamps. X-EdgeVision-Sequence is <c>first-last</c>, by which a receiver knows a repetition. Redirections are not followed.
/// </remarks>
internal sealed class WebhookSender : ITelemetrySender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15), ConnectPatience = TimeSpan.FromSeconds(5), MostRetryAfter = TimeSpan.FromMinutes(5);
    private readonly DestinationSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <exception cref="IOException">The CA file cannot be read.</exception>
    public WebhookSender(DestinationSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        var tls = new SslClientAuthenticationOptions();
        if (settings.File.Length > 0)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(settings.File);
        }

        _http = new HttpClient(new SocketsHttpHandler { SslOptions = tls, AllowAutoRedirect = false, ConnectTimeout = ConnectPatience, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Patience,
        };
    }

    public async Task<Delivery> SendAsync(IReadOnlyList<TelemetryMessage> messages, CancellationToken cancellation)
    {
        try
        {
            using var request = Sign(messages);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? new Delivery(messages.Count) : Failed(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Delivery(0, DeliveryFailure.Unavailable, exception is TaskCanceledException ? $"no answer within {Patience.TotalSeconds} s" : exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(IReadOnlyList<TelemetryMessage> messages)
    {
        var body = new MemoryStream();
        foreach (var message in messages)
        {
            TelemetryJson.Write(body, message);
            body.WriteByte((byte)'\n');
        }

        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, _settings.Address) { Content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson", "utf-8");
        request.Headers.Add("X-EdgeVision-Timestamp", timestamp);
        request.Headers.Add("X-EdgeVision-Signature", "v1=" + Signature(_settings.Secret, timestamp, body.GetBuffer().AsSpan(0, (int)body.Length)));
        request.Headers.Add("X-EdgeVision-Sequence", string.Create(CultureInfo.InvariantCulture, $"{messages[0].Sequence}-{messages[^1].Sequence}"));
        return request;
    }

    private static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Delivery Failed(HttpResponseMessage response)
    {
        var failure = response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => DeliveryFailure.BadMessage,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => DeliveryFailure.Unavailable,
            _ => DeliveryFailure.Refused,
        };
        var wait = response.Headers.RetryAfter?.Delta;
        return new Delivery(0, failure, $"it answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(), wait > MostRetryAfter ? MostRetryAfter : wait);
    }
}
