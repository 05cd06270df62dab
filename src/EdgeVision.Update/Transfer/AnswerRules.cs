using System.Net;
using System.Net.Http.Headers;

namespace EdgeVision.Update;

/// <summary>Judges the head of an answer to <c>GET</c> of an object, perhaps with <c>Range: bytes=have-</c>. Never lets two different files be put together.</summary>
/// <remarks>
/// Example, 600 of 1000 bytes here: 206 with "bytes 600-999/1000" appends; 206 with any other Content-Range, or none, drops the part;
/// 200 starts again from the first byte; 301 to 308, 401, 403, 404, 410 fail; 429 and 5xx are asked again. Pure, any thread.
/// </remarks>
internal static class AnswerRules
{
    /// <param name="have">Bytes of the part, 0 = no range was asked for.</param>
    /// <param name="size">Bytes of the whole file.</param>
    /// <param name="etag">Of the answer the part came from, if it is known.</param>
    public static Answer Judge(HttpResponseMessage response, long have, long size, EntityTagHeaderValue? etag, DateTimeOffset now)
    {
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            return new Answer(AnswerVerdict.Fail, UpdateCode.Http, $"the server encoded the file as {string.Join(", ", response.Content.Headers.ContentEncoding)} though identity was asked for");
        }

        return response.StatusCode switch
        {
            HttpStatusCode.OK => FromStart(response, size),
            HttpStatusCode.PartialContent => Append(response, have, size, etag),
            HttpStatusCode.RequestedRangeNotSatisfiable => new Answer(AnswerVerdict.Discard, UpdateCode.SizeMismatch, $"the server has no byte {have} of {size}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Busy(response, now),
            _ => new Answer(AnswerVerdict.Fail, UpdateCode.Http, $"the server answered {(int)response.StatusCode}{Target(response)}"),
        };
    }

    private static Answer FromStart(HttpResponseMessage response, long size) => response.Content.Headers.ContentLength is { } length && length > size
        ? new Answer(AnswerVerdict.Fail, UpdateCode.SizeMismatch, $"the server's file has {length} bytes, expected are {size}")
        : new Answer(AnswerVerdict.FromStart);

    private static Answer Append(HttpResponseMessage response, long have, long size, EntityTagHeaderValue? etag)
    {
        var fits = have > 0 && OnlyRange(response.Content.Headers) is { } range && range.From == have && range.Length == size && range.To >= have && range.To < size
            && (response.Content.Headers.ContentLength ?? 0) <= size - have;
        var same = etag is null || response.Headers.ETag is null || etag.Equals(response.Headers.ETag);
        return fits && same
            ? new Answer(AnswerVerdict.Append)
            : new Answer(AnswerVerdict.Discard, fits ? UpdateCode.HashMismatch : UpdateCode.SizeMismatch, fits ? "the file changed on the server" : "the server sent another range than was asked for");
    }

    // Read from the raw values, because the typed property shows the first of several.
    private static ContentRangeHeaderValue? OnlyRange(HttpContentHeaders headers) =>
        headers.TryGetValues("Content-Range", out var values) && values.ToArray() is [var only]
        && ContentRangeHeaderValue.TryParse(only, out var range) && range.Unit == "bytes" ? range : null;

    private static Answer Busy(HttpResponseMessage response, DateTimeOffset now)
    {
        var after = response.Headers.RetryAfter;
        return new Answer(AnswerVerdict.Retry, UpdateCode.Http, $"the server answered {(int)response.StatusCode}", after?.Delta ?? after?.Date - now);
    }

    private static string Target(HttpResponseMessage response) => response.Headers.Location is null ? "" : ", a redirect, which is never followed";
}
