using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

/// <summary>A hub in this process, on free ports over a directory of its own, with a client that has the service key.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private CloudServer? _server;
    private HttpClient? _rest;

    public string Data => _folder.File("hub");

    public DataDirectory Directory => DataDirectory.Open(Data);

    public HubAddress Address => _server!.Address;

    public HttpClient Rest => _rest!;

    public static async Task<TestHub> StartAsync()
    {
        var hub = new TestHub();
        await hub.RestartAsync();
        return hub;
    }

    /// <summary>Starts, after a clean stop if it ran.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _server = await CloudServer.StartAsync(new ServeOptions { Data = Data, MqttPort = 0, HttpsPort = 0 });
        _rest = Client(ServiceToken(TimeSpan.FromMinutes(5)));
    }

    public HttpClient Client(string? authorization)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Directory.CaFile));
        var client = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } }) { BaseAddress = new Uri(Address.RepositoryUrl) };
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        return client;
    }

    public string ServiceToken(TimeSpan life) => SasToken.Create("localhost", Directory.ReadServiceKey(), TimeProvider.System.GetUtcNow() + life, Authenticator.ServicePolicy);

    public Device Add(string id) => WithDatabase(database => new DeviceRegistry(database).Add(id));

    public IReadOnlyList<Storage.TelemetryMessage> Telemetry(string id) => WithDatabase(database => new TelemetryStore(database).Read(id, 0, 1000));

    public Twin Twin(string id) => WithDatabase(database => new TwinStore(database).Find(id)!);

    public T WithDatabase<T>(Func<HubDatabase, T> use)
    {
        using var database = HubDatabase.Open(Directory);
        return use(database);
    }

    public bool IsConnected(string id) => AskAsync("GET", $"devices/{id}").GetAwaiter().GetResult().Body.GetProperty("connectionState").GetString() == "Connected";

    public async Task<RawDevice> ConnectAsync(string id)
    {
        var device = await RawDevice.OpenAsync(Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync(id, UserName(id), Token(Add(id))));
        return device;
    }

    public string UserName(string id) => $"{Address.HostName}/{id}/?api-version=2021-04-12";

    public string Token(Device device, double lifeSeconds = 300) =>
        SasToken.Create($"{Address.HostName}/devices/{device.Id}", device.PrimaryKey, TimeProvider.System.GetUtcNow().AddSeconds(lifeSeconds));

    public async Task<(int Status, JsonElement Body)> AskAsync(string method, string path, string? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        }

        using var response = await Rest.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StopAsync()
    {
        _rest?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
