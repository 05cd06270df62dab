using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>Small signed files, whole in memory, each within its bound and within the time that a stalled server is given.</summary>
internal sealed class MetadataRequest(HttpClient http, Uri source, UpdateOptions options, TimeProvider time)
{
    /// <inheritdoc cref="ITufFetcher.FetchAsync"/>
    public async Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var delay = new RetryDelay(options);
        while (true)
        {
            var (bytes, again) = await OnceAsync(path, maxBytes, cancellationToken).ConfigureAwait(false);
            delay.Count(advanced: false);
            if (again is null)
            {
                return bytes;
            }

            if (delay.Exhausted || again.Verdict == AnswerVerdict.Fail)
            {
                throw new UpdateTransferException(new StepFailure(again.Code, $"{path}: {again.Reason}"));
            }

            await Task.Delay(delay.Next(again.RetryAfter, RetryDelay.Jitter()), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(byte[]? Bytes, Answer? Again)> OnceAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        using var gate = new SpeedGate(options, time, cancellationToken);
        try
        {
            using var response = await http.GetAsync(new Uri(source, path), HttpCompletionOption.ResponseHeadersRead, gate.Token).ConfigureAwait(false);
            if (SmallAnswer.IsMissing(response.StatusCode))
            {
                return (null, null);
            }

            var answer = AnswerRules.Judge(response, 0, maxBytes, null, time.GetUtcNow());
            return answer.Verdict == AnswerVerdict.FromStart ? (await SmallAnswer.ReadAsync(response, path, maxBytes, gate).ConfigureAwait(false), null) : (null, answer);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var tls = exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
            return (null, new Answer(AnswerVerdict.Retry, tls ? UpdateCode.Tls : UpdateCode.Http, exception.InnerException?.Message ?? exception.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new Answer(AnswerVerdict.Retry, UpdateCode.TooSlow, $"less than {options.MinBytesPerSecond} bytes a second for {options.StallWindow.TotalSeconds:0.#} s"));
        }
    }
}
