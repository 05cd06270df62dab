using System.Net.Http.Headers;
using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>One <c>GET</c> of one object into its part.</summary>
/// <remarks>
/// Writes at most the bytes that are missing, whatever the body holds. The ETag is kept for the life of this object only, because the address
/// already names the content: a part that outlived the process is judged by its digest. One thread at a time.
/// </remarks>
internal sealed class ObjectRequest(HttpClient http, Uri source, ManifestFile file, UpdateOptions options, TimeProvider time, Func<int, CancellationToken, ValueTask> throttle)
{
    private readonly Uri _address = new(source, $"objects/sha256/{file.Sha256[..2]}/{file.Sha256}");
    private readonly byte[] _buffer = new byte[64 * 1024];
    private EntityTagHeaderValue? _etag;

    /// <summary>Ends Complete, Retry, Discard or Fail.</summary>
    /// <param name="arrived">Told of every piece written.</param>
    public async Task<Answer> SendAsync(PartFile part, Action arrived, CancellationToken cancellationToken)
    {
        using var gate = new SpeedGate(options, time, cancellationToken);
        try
        {
            using var request = Ask(part.Length);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gate.Token).ConfigureAwait(false);
            var answer = AnswerRules.Judge(response, part.Length, file.Size, _etag, time.GetUtcNow());
            return answer.Verdict is AnswerVerdict.Append or AnswerVerdict.FromStart ? await ReceiveAsync(answer, response, part, arrived, gate).ConfigureAwait(false) : answer;
        }
        catch (HttpRequestException exception)
        {
            var code = exception.HttpRequestError == HttpRequestError.SecureConnectionError ? UpdateCode.Tls : UpdateCode.Http;
            return new Answer(AnswerVerdict.Retry, code, exception.InnerException?.Message ?? exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer(AnswerVerdict.Retry, UpdateCode.TooSlow, $"less than {options.MinBytesPerSecond} bytes a second for {options.StallWindow.TotalSeconds:0.#} s");
        }
    }

    private HttpRequestMessage Ask(long have)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.IfRange = _etag is { IsWeak: false } ? new RangeConditionHeaderValue(_etag) : null;
        }

        return request;
    }

    private async Task<Answer> ReceiveAsync(Answer answer, HttpResponseMessage response, PartFile part, Action arrived, SpeedGate gate)
    {
        _etag = response.Headers.ETag;
        if (answer.Verdict == AnswerVerdict.FromStart)
        {
            part.Discard();
        }

        var began = part.Length;
        using var body = await response.Content.ReadAsStreamAsync(gate.Token).ConfigureAwait(false);
        while (part.Length < file.Size)
        {
            var count = await ReadAsync(body, (int)Math.Min(_buffer.Length, file.Size - part.Length), gate.Token).ConfigureAwait(false);
            if (count <= 0)
            {
                return new Answer(AnswerVerdict.Retry, count < 0 ? UpdateCode.Http : UpdateCode.SizeMismatch, $"the connection ended after {part.Length} of {file.Size} bytes");
            }

            if (!part.Write(_buffer.AsMemory(0, count)))
            {
                return BadChunk(part.Length, began);
            }

            arrived();
            await PayAsync(count, gate).ConfigureAwait(false);
        }

        return new Answer(AnswerVerdict.Complete);
    }

    // Bytes of two answers may not fit together; of one, the server has another file.
    private static Answer BadChunk(long chunk, long began) => new(chunk >= began ? AnswerVerdict.Fail : AnswerVerdict.Retry, UpdateCode.HashMismatch, $"the chunk from byte {chunk} on is not the one of its digest");

    private async Task PayAsync(int count, SpeedGate gate)
    {
        gate.Count(count);
        var paying = throttle(count, gate.Outer);
        if (!paying.IsCompleted)
        {
            gate.Pause(); // the wait is ours, not the server's
            await paying.ConfigureAwait(false);
            gate.GoOn();
        }
    }

    /// <summary>-1 = the connection broke. Caught here, because an IOException of the disk must not look like one of the network.</summary>
    private async Task<int> ReadAsync(Stream body, int most, CancellationToken token)
    {
        try
        {
            return await body.ReadAsync(_buffer.AsMemory(0, most), token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return -1;
        }
    }
}
