using System.Net.Http.Headers;

namespace EdgeVision.Hub;

/// <summary>HTTPS to the hub and its store: asked again while the network, or the other side, is only passing through a bad time.</summary>
/// <remarks>
/// Again after: no connection, no answer in time, 408, 429, 5xx; pauses of 1, 2, 4 ... 30 s, or as long as Retry-After says (30 s at most); eight attempts are about two
/// minutes. Redirects are not followed. Any thread.
/// </remarks>
internal sealed class HubHttp(HttpMessageHandler handler, TimeProvider time) : IDisposable
{
    private const int Attempts = 8, MostBody = 4 << 20;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly HttpClient _client = new(handler) { Timeout = TimeSpan.FromMinutes(2), MaxResponseContentBufferSize = MostBody };

    /// <param name="request">Made anew for each attempt.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<HttpAnswer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, asked) = await TryAsync(request, cancellationToken).ConfigureAwait(false);
            if (attempt == Attempts || answer.Status is not (0 or 408 or 429 or >= 500))
            {
                return answer;
            }

            var pause = asked ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
            await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<(HttpAnswer Answer, TimeSpan? Asked)> TryAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var message = request();
        try
        {
            using var response = await _client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return (new HttpAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)), PauseOf(response.Headers.RetryAfter));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (new HttpAnswer(0, exception.GetBaseException().Message), null);
        }
    }

    private TimeSpan? PauseOf(RetryConditionHeaderValue? header)
    {
        var pause = header?.Delta ?? header?.Date - time.GetUtcNow();
        return pause > TimeSpan.Zero ? pause : null;
    }
}
