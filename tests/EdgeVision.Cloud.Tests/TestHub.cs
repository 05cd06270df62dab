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
    private Func<ServeOptions, ServeOptions> _with = options => options;
    private TimeProvider _time = TimeProvider.System;

    public string Database { get; private init; } = "";

    public string Data => _folder.File("hub");

    public DataDirectory Directory => DataDirectory.Open(Data);

    public HubAddress Address => _server!.Address;

    public HttpClient Rest => _rest!;

    public IReadOnlyList<Microsoft.AspNetCore.Routing.RouteEndpoint> Endpoints => _server!.Routes;

    /// <param name="with">How it differs from a hub that was told nothing.</param>
    /// <param name="database">A connection string of PostgreSQL; null for the SQLite file.</param>
    /// <param name="time">The hub's clock; null for the machine's. Tokens are made by the machine's.</param>
    public static async Task<TestHub> StartAsync(Func<ServeOptions, ServeOptions>? with = null, string? database = null, TimeProvider? time = null)
    {
        var hub = new TestHub { Database = database ?? "sqlite", _with = with ?? (options => options), _time = time ?? TimeProvider.System };
        await hub.RestartAsync();
        return hub;
    }

    /// <summary>Starts, after a clean stop if it ran.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _server = await CloudServer.StartAsync(_with(new ServeOptions { Data = Data, MqttPort = 0, HttpsPort = 0, Database = Database }), _time);
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

    /// <summary>The codes in the diary of connections, once it has as many as asked for.</summary>
    public IReadOnlyList<int> Codes(string id, int count)
    {
        JsonElement[] Events() => [.. AskAsync("GET", $"events?device={Uri.EscapeDataString(id)}").GetAwaiter().GetResult().Body.EnumerateArray()];
        Eventually.True(() => Events().Length >= count, TimeSpan.FromSeconds(5));
        return [.. Events().Select(item => item.GetProperty("errorCode").GetInt32())];
    }

    public Twin Twin(string id) => WithDatabase(database => new TwinStore(database).Find(id)!);

    public T WithDatabase<T>(Func<HubDatabase, T> use)
    {
        using var database = HubDatabase.Open(Directory, Database);
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
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
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
