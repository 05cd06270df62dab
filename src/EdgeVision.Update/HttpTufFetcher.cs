using System.Net;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>A repository behind a web server.</summary>
/// <remarks>
/// 4xx is "not there", but for 408 and 429, which pass. Reads at most the bytes it was allowed, whatever the server says or sends; a server slower than
/// <see cref="UpdateOptions.MinBytesPerSecond"/> is given up. One try: whoever asks decides whether to ask again. Example: <c>metadata/2.root.json</c> with https://hub/models/metadata is https://hub/models/metadata/2.root.json.
/// One thread at a time.
/// </remarks>
public sealed class HttpTufFetcher : ITufFetcher, IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _metadata;
    private readonly Uri _targets;
    private readonly UpdateOptions _options;
    private readonly TimeProvider _time;

    /// <param name="metadata">Where the files of roles lie; a slash at its end is added.</param>
    /// <param name="targets">Where target files lie.</param>
    public HttpTufFetcher(Uri metadata, Uri targets, UpdateOptions options, TimeProvider time)
    {
        (_http, _options, _time) = (RepositoryHttp.Create(options), options, time);
        (_metadata, _targets) = (AsFolder(metadata), AsFolder(targets));
    }

    public void Dispose() => _http.Dispose();

    public async Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken)
    {
        var address = AddressOf(path);
        using var gate = new SpeedGate(_options, _time, cancellationToken);
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, gate.Token).ConfigureAwait(false);
            return IsMissing(response.StatusCode) ? null : await ReadAsync(Accepted(response, address), address, maxBytes, gate).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new TufException(TufFailure.Fetch, $"{address}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TufException(TufFailure.Fetch, $"{address}: less than {_options.MinBytesPerSecond} bytes a second for {_options.StallWindow.TotalSeconds:0.#} s");
        }
    }

    private static Uri AsFolder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");

    private Uri AddressOf(string path) => path.StartsWith(RepositoryPath.Targets, StringComparison.Ordinal)
        ? new Uri(_targets, path[RepositoryPath.Targets.Length..])
        : new Uri(_metadata, path[RepositoryPath.Metadata.Length..]);

    private static bool IsMissing(HttpStatusCode status) =>
        status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout and not HttpStatusCode.TooManyRequests;

    private static HttpResponseMessage Accepted(HttpResponseMessage response, Uri address)
    {
        var problem = response.Headers.Location is not null ? ", a redirect, which is never followed"
            : response.Content.Headers.ContentEncoding.Count > 0 ? " with an encoded body though identity was asked for"
            : "";
        return response.StatusCode == HttpStatusCode.OK && problem.Length == 0
            ? response
            : throw new TufException(TufFailure.Fetch, $"{address}: the server answered {(int)response.StatusCode}{problem}");
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri address, long maxBytes, SpeedGate gate)
    {
        using var body = await response.Content.ReadAsStreamAsync(gate.Token).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, gate.Token).ConfigureAwait(false)) > 0; gate.Count(count))
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > maxBytes)
            {
                throw new TufException(TufFailure.TooLarge, $"{address}: more than the {maxBytes} bytes that are taken");
            }
        }

        return bytes.ToArray();
    }
}
