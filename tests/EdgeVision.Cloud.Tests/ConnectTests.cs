using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public sealed class ConnectTests
{
    [Fact]
    public async Task Connect_EveryRefusal_IsCodeFive()
    {
        await using var hub = await TestHub.StartAsync();
        var device = hub.Add("cam-1");
        var stranger = SasToken.Create($"{hub.Address.HostName}/devices/cam-1", DataDirectory.NewKey(), TimeProvider.System.GetUtcNow().AddMinutes(5));
        (string ClientId, string UserName, string Password)[] refused =
        [
            ("cam-1", hub.UserName("cam-1"), stranger),
            ("cam-1", hub.UserName("cam-1"), "secret"),
            ("cam-1", hub.UserName("cam-2"), hub.Token(device)),
            ("cam-2", hub.UserName("cam-2"), hub.Token(device)),
            ("cam-1", hub.UserName("cam-1"), hub.Token(device, lifeSeconds: -302)),
            ("a/b", hub.UserName("a/b"), hub.Token(device)),
        ];

        foreach (var (clientId, userName, password) in refused)
        {
            await using var connection = await RawDevice.OpenAsync(hub.Address.MqttPort);
            Assert.Equal(5, await connection.ConnectAsync(clientId, userName, password));
            Assert.True(await connection.IsClosedAsync());
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Connect_OtherProtocolLevel_IsCodeOne(byte level)
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);

        Assert.Equal(1, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1")), level));
        Assert.True(await device.IsClosedAsync());
    }

    [Fact]
    public async Task Connect_SameDeviceAgain_ClosesTheOlderConnection()
    {
        await using var hub = await TestHub.StartAsync();
        await using var older = await hub.ConnectAsync("cam-1");
        await using var newer = await hub.ConnectAsync("cam-1");

        Assert.True(await older.IsClosedAsync());
        Assert.True(await newer.HearsNothingAsync());
        Assert.Equal("Connected", (await hub.AskAsync("GET", "devices/cam-1")).Body.GetProperty("connectionState").GetString());
    }

    [Fact]
    public async Task Connect_TokenThatRunsOut_IsClosed()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);

        // 300 s of grace, of which 2 are left
        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"), lifeSeconds: -298)));

        Assert.True(await device.IsClosedAsync());
    }

    [Fact]
    public async Task Disable_ConnectedDevice_IsClosedAndRefusedUntilEnabled()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.Equal(200, (await hub.AskAsync("PUT", "devices/cam-1", """{"status":"disabled"}""", ifMatch: "*")).Status);

        Assert.True(await device.IsClosedAsync());
        await using var again = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(5, await again.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))));
        await hub.AskAsync("PUT", "devices/cam-1", """{"status":"enabled"}""", ifMatch: "*");
        await using var third = await hub.ConnectAsync("cam-1");
    }

    [Fact]
    public async Task Certificate_OfTheServer_IsRsaSignedByTheHubsRoot()
    {
        await using var hub = await TestHub.StartAsync();

        // Trusts nothing but the root: answers only if the chain and the name hold.
        Assert.Equal(System.Net.HttpStatusCode.OK, (await hub.Rest.GetAsync("healthz")).StatusCode);
        var server = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(Path.Combine(hub.Data, "ca", "server.pem"));
        Assert.Equal("RSA", server.PublicKey.Oid.FriendlyName);
        Assert.All(["localhost", "127.0.0.1", "::1"], name => Assert.True(server.MatchesHostname(name)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(hub.Data));
        Assert.All(["ca/ca.key", "ca/server.key", "service.key", "hub.db"], key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hub.Data, key))));
    }
}
