using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Commands;

/// <summary>The hub that serves a data directory in another process, asked over its own REST interface with the key that lies in that directory.</summary>
internal sealed class RunningHub : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10), TokenLife = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http;
    private readonly X509Certificate2 _root;

    private RunningHub(DataDirectory directory, HubAddress address)
    {
        _root = X509CertificateLoader.LoadCertificateFromFile(directory.CaFile);
        var tls = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _root }, RevocationMode = X509RevocationMode.NoCheck },
        };
        // Connected to by address, because the name may be known to devices only.
        var handler = new SocketsHttpHandler { SslOptions = tls, UseProxy = false, ConnectCallback = (_, cancellation) => ConnectAsync(address, cancellation) };
        _http = new HttpClient(handler) { BaseAddress = new Uri($"https://{address.Host}:{address.HttpsPort}/"), Timeout = TimeSpan.FromMinutes(11) };
        var token = SasToken.Create(address.Host, directory.ReadServiceKey(), TimeProvider.System.GetUtcNow() + TokenLife, Authenticator.ServicePolicy);
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
    }

    /// <returns>Null when no hub serves this directory.</returns>
    public static async Task<RunningHub?> FindAsync(DataDirectory directory)
    {
        var started = TimeProvider.System.GetTimestamp();
        // A hub that holds the lock and has not said where it listens is about to.
        while (FileLock.IsHeld(directory.ServingLock))
        {
            if (HubAddress.TryRead(directory.Endpoints) is { } address)
            {
                return new RunningHub(directory, address);
            }

            if (TimeProvider.System.GetElapsedTime(started) > StartPatience)
            {
                throw new CloudException($"A hub holds {directory.Path}, but {directory.Endpoints} does not say where it listens. Restart it.");
            }

            await Task.Delay(50);
        }

        return null;
    }

    /// <summary>Of a device, or of a module: <c>twins/cam-1/modules/vision</c>.</summary>
    public static string Path(string kind, string id) => $"{kind}/{string.Join("/modules/", id.Split(Storage.Device.ModuleMark).Select(Uri.EscapeDataString))}";

    /// <returns>The body; null when there is none.</returns>
    /// <exception cref="CloudException">The hub said no, or does not answer.</exception>
    public async Task<JsonNode?> AskAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request);
            var answer = JsonText.TryParse(await response.Content.ReadAsByteArrayAsync(), out var json) ? json : null;
            return response.IsSuccessStatusCode ? answer : throw new CloudException(answer?["message"]?.ToString() ?? $"The hub answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new CloudException($"The hub at {_http.BaseAddress} does not answer: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _root.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(HubAddress address, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Listen), address.HttpsPort), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
