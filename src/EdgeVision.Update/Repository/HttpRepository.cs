using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Update;

/// <summary>A repository on a server, over TLS that is always verified.</summary>
/// <param name="throttle">Told the bytes of every piece; comes back when the next may come.</param>
internal sealed class HttpRepository(HttpClient http, Uri source, UpdateOptions options, TimeProvider time, ILogger logger, Func<int, CancellationToken, ValueTask> throttle) : IModelRepository
{
    private readonly ObjectDownloader _objects = new(http, options, time, logger, throttle);
    private readonly MetadataRequest _metadata = new(http, source, options, time);

    public Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken) => _metadata.FetchAsync(path, maxBytes, cancellationToken);

    public Task<StepFailure?> FetchAsync(ManifestFile file, PartFile part, Action<long> arrived, CancellationToken cancellationToken) =>
        _objects.FetchAsync(source, file, part, arrived, cancellationToken);

    public void Dispose() => http.Dispose();
}
