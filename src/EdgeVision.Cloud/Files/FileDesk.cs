using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Files;

/// <summary>Lets devices send files: where to, with which permission, and what the service hears of it.</summary>
/// <remarks>Without a storage account the hub keeps the files itself (<see cref="LocalBlobs"/>). Any thread.</remarks>
internal sealed partial class FileDesk(UploadStore uploads, LocalBlobs local, ServeOptions options, TimeProvider time, ILogger<FileDesk> logger) : IDisposable
{
    private const int MaxName = 1024 - 129, MaxSegment = 254;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly BlobStorage? _account = options.BlobStorage is { } text ? BlobStorage.Parse(text) : null;
    private readonly HttpClient _http = new() { Timeout = Patience };
    private volatile bool _hasContainer;

    private BlobStorage Storage => _account ?? local.Storage;

    /// <summary>A path that stays where it is put, on a disk as well: no <c>..</c>, no empty or very long segments, nothing that cannot be seen.</summary>
    public static bool IsValidName(string name) => name.Length is > 0 and <= MaxName && !name.Any(letter => char.IsControl(letter) || letter == '\\')
        && Array.TrueForAll(name.Split('/'), segment => segment.Length is > 0 and <= MaxSegment && segment is not ("." or ".."));

    /// <returns>What the device needs; null when too many of its files are on their way.</returns>
    public async Task<JsonObject?> StartAsync(string deviceId, string blobName)
    {
        if (uploads.TryStart(deviceId, blobName) is not { } upload)
        {
            return null;
        }

        local.RemoveStale(time.GetUtcNow());
        await EnsureContainerAsync();
        return new JsonObject
        {
            ["correlationId"] = upload.CorrelationId,
            ["hostName"] = Storage.HostName,
            ["containerName"] = BlobStorage.Container,
            ["blobName"] = upload.BlobName,
            ["sasToken"] = Storage.SasFor(upload.BlobName, time.GetUtcNow() + UploadStore.Life),
        };
    }

    /// <returns>False when this device has no such upload.</returns>
    public bool End(string deviceId, string correlationId, bool isSuccess) => uploads.TryEnd(deviceId, correlationId, isSuccess ? Notice : null);

    public void Dispose() => _http.Dispose();

    private JsonObject Notice(Upload upload)
    {
        var notice = new JsonObject
        {
            ["deviceId"] = upload.DeviceId,
            ["blobUri"] = Storage.AddressOf(upload.BlobName),
            ["blobName"] = upload.BlobName,
            ["enqueuedTimeUtc"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        };
        if (_account is null && local.SizeOf(upload.BlobName) is { } size)
        {
            notice["blobSizeInBytes"] = size;
        }

        return notice;
    }

    private async Task EnsureContainerAsync()
    {
        if (_account is null || _hasContainer)
        {
            return;
        }

        try
        {
            var address = $"{_account.Scheme}://{_account.HostName}/{BlobStorage.Container}?restype=container&{_account.SasForContainer(time.GetUtcNow() + UploadStore.Life)}";
            using var answer = await _http.PutAsync(address, content: null);
            _hasContainer = answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.Conflict;
            if (!_hasContainer)
            {
                Log.NoContainer(logger, _account.HostName, BlobStorage.Container, answer.StatusCode.ToString());
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            Log.NoContainer(logger, _account.HostName, BlobStorage.Container, exception.Message); // the device may reach what the hub does not
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8140, LogLevel.Warning, "The blob store {Host} was asked for the container '{Container}' and did not make it: {Reason}")]
        public static partial void NoContainer(ILogger logger, string host, string container, string reason);
    }
}
