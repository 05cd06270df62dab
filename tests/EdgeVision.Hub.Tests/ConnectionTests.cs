using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>How a device gets to its hub: credentials, transports, proxy; against a hub that looks at every byte.</summary>
public sealed class ConnectionTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public ConnectionTests() => _authority = new TestAuthority(_folder.Path);

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)));
        _stop.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SharedKey_ConnectsAsTheProtocolSays(bool webSocket)
    {
        using var hub = new StandInHub(_authority) { IsWebSocket = webSocket };
        Start(Keyed(hub, webSocket));

        Connected(hub);
        var device = hub.Last;
        var name = webSocket ? "localhost" : $"localhost:{hub.Port}";
        Assert.Equal(("cam-1", $"{name}/cam-1/?api-version=2021-04-12&DeviceClientType=EdgeVision"), (device.ClientId, device.UserName));
        Assert.True(SasToken.TryParse(device.Password) is { } token && token.IsSignedWith("a2V5") && token.Resource == $"{name}/devices/cam-1");
        Eventually.True(() => device.Subscriptions.Count == 3, Soon);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_Certificate_ShowsItAndNoPassword(bool webSocket)
    {
        using var hub = new StandInHub(_authority) { IsWebSocket = webSocket };
        var (certificateFile, keyFile) = _authority.Device("cam-1", toDay: 12);
        var client = Start(Keyed(hub, webSocket) with { ConnectionString = At(hub, webSocket, "x509=true"), CertificateFile = certificateFile, KeyFile = keyFile });

        Connected(hub);
        Assert.Equal(("CN=cam-1", ""), (hub.Last.Certificate?.Subject, hub.Last.Password));
        Assert.Equal(11, client.Status.CertificateDaysLeft);
    }

    [Fact]
    public void Run_CertificateRotatedInItsFile_IsShownAtTheNextConnection()
    {
        using var hub = new StandInHub(_authority);
        var (certificateFile, keyFile) = _authority.Device("cam-1");
        Start(Keyed(hub, false) with { ConnectionString = At(hub, false, "x509=true"), CertificateFile = certificateFile, KeyFile = keyFile });
        Connected(hub);
        var before = hub.Last;

        _authority.Device("cam-1");
        before.Close();

        Eventually.True(() => hub.Connections.Count == 2, Soon);
        Assert.NotEqual(before.Certificate!.Thumbprint, hub.Last.Certificate!.Thumbprint);
    }

    [Theory]
    [InlineData("ended", "put a new one in its place")]
    [InlineData("not begun", "check this device's clock")]
    [InlineData("missing", "cannot be read")]
    [InlineData("another key", "are no certificate and its key")]
    public void Run_CertificateCannotBeUsed_SaysWhatAndDoesNotTry(string what, string advice)
    {
        using var hub = new StandInHub(_authority);
        var (certificateFile, keyFile) = what switch
        {
            "ended" => _authority.Device("cam-1", -30, -1),
            "not begun" => _authority.Device("cam-1", 1, 30),
            "missing" => (_folder.File("none.pem"), _folder.File("none.key")),
            _ => (_authority.Device("cam-1").CertificateFile, _authority.Device("cam-2").KeyFile),
        };
        var client = Start(Keyed(hub, false) with { ConnectionString = At(hub, false, "x509=true"), CertificateFile = certificateFile, KeyFile = keyFile });

        Eventually.True(() => client.Status.Failure == HubFailure.DeviceCertificate, Soon, () => client.Status.ToString());
        Assert.Contains(advice, client.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(hub.Attempts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_CertificateOfAnotherHost_IsRefused(bool webSocket)
    {
        using var hub = new StandInHub(_authority, "hub.example") { IsWebSocket = webSocket };
        var client = Start(Keyed(hub, webSocket));

        Eventually.True(() => client.Status.Failure == HubFailure.Certificate, Soon, () => client.Status.ToString());
        Assert.Empty(hub.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_AutoAndPort8883LeadsNowhere_TakesTheWebSocketAndStays(bool resets)
    {
        using var closed = new StandInHub(_authority) { Resets = true };
        using var hub = new StandInHub(_authority) { IsWebSocket = true };
        var port = resets ? closed.Port : 9;
        var options = Keyed(hub, true) with { Transport = HubTransport.Auto, ConnectionString = HubConnectionString.Parse($"HostName=localhost:{port};DeviceId=cam-1;SharedAccessKey=a2V5;HttpsPort={hub.Port}") };
        var client = Start(options);

        Connected(hub);
        var attempts = closed.Attempts.Count;
        Eventually.True(() => client.Status is { State: HubState.Connected, Transport: HubTransport.WebSocket }, Soon, () => client.Status.ToString());
        hub.Last.Close();
        Eventually.True(() => hub.Connections.Count == 2, Soon, () => client.Status.ToString());
        Assert.Equal(attempts, closed.Attempts.Count);
    }

    [Theory]
    [InlineData("user:pa%3Ass", HubFailure.None)]
    [InlineData("user:wrong", HubFailure.Proxy)]
    [InlineData("", HubFailure.Proxy)]
    public void Run_WebSocketThroughProxy_TunnelsWithItsPassword(string credentials, HubFailure expected)
    {
        using var hub = new StandInHub(_authority) { IsWebSocket = true };
        using var proxy = new TestProxy("user:pa:ss");
        var client = Start(Keyed(hub, true) with { Proxy = new Uri($"http://{credentials}{(credentials.Length > 0 ? "@" : "")}localhost:{proxy.Port}") });

        Eventually.True(() => expected == HubFailure.None ? client.Status.State == HubState.Connected : client.Status.Failure == expected, Soon, () => client.Status.ToString());
        Assert.Equal(expected == HubFailure.None ? 1 : 0, proxy.Tunnels);
        Assert.DoesNotContain("wrong", client.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Gateway_IsConnectedToAndTheTokenNamesTheHub()
    {
        using var gateway = new StandInHub(_authority);
        Start(Keyed(gateway, false) with { ConnectionString = HubConnectionString.Parse($"HostName=hub.example;GatewayHostName=localhost:{gateway.Port};DeviceId=cam-1;SharedAccessKey=a2V5") });

        Connected(gateway);
        Assert.StartsWith("hub.example/cam-1/", gateway.Last.UserName, StringComparison.Ordinal);
        Assert.Equal("hub.example/devices/cam-1", SasToken.TryParse(gateway.Last.Password)!.Resource);
    }

    [Fact]
    public void Run_ModelOfPlugAndPlay_IsAnnounced()
    {
        using var hub = new StandInHub(_authority);
        Start(Keyed(hub, false) with { ModelId = "dtmi:edgevision:Device;1" });

        Connected(hub);
        Assert.EndsWith("&model-id=dtmi%3Aedgevision%3ADevice%3B1", hub.Last.UserName, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ClockIsNotSet_NothingIsTriedUntilItIs()
    {
        var isSet = false;
        using var hub = new StandInHub(_authority);
        var client = Start(Keyed(hub, false) with { ClockIsSet = () => Volatile.Read(ref isSet) });
        Eventually.True(() => client.Status.Failure == HubFailure.ClockUnset, Soon);
        Assert.Empty(hub.Connections);

        Volatile.Write(ref isSet, true);
        client.TryNow();

        Connected(hub);
        Eventually.True(() => client.Status is { State: HubState.Connected, Failure: HubFailure.None }, Soon);
    }

    private HubClient Start(HubOptions options)
    {
        var client = new HubClient(options, TimeProvider.System, NullLogger<HubClient>.Instance);
        _running = client.RunAsync(_stop.Token);
        return client;
    }

    private HubOptions Keyed(StandInHub hub, bool webSocket) =>
        new() { ConnectionString = At(hub, webSocket, "SharedAccessKey=a2V5"), CaFile = _authority.CaFile, Transport = webSocket ? HubTransport.WebSocket : HubTransport.Mqtt };

    private static HubConnectionString At(StandInHub hub, bool webSocket, string proof) =>
        HubConnectionString.Parse(webSocket ? $"HostName=localhost;DeviceId=cam-1;{proof};HttpsPort={hub.Port}" : $"HostName=localhost:{hub.Port};DeviceId=cam-1;{proof}");

    private static void Connected(StandInHub hub) => Eventually.True(() => !hub.Connections.IsEmpty, Soon);
}
