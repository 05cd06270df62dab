using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

/// <summary>Whatever a stranger or a broken device sends is refused with its code, and nobody else notices.</summary>
public sealed class BadInputTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task Garbage_InsteadOfTls_IsClosedAndNobodyElseNotices()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        foreach (var port in new[] { hub.Address.MqttPort, hub.Address.HttpsPort })
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync("127.0.0.1", port);
            await tcp.GetStream().WriteAsync(RandomNumberGenerator.GetBytes(64 * 1024));
            await AssertClosedAsync(tcp.GetStream());
        }

        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", []));
    }

    [Fact]
    public async Task Connect_WithoutClientId_IsCodeFive() => Assert.Equal(5, await ConnectAsync(await shared.EmptyAsync(), clientId: ""));

    [Fact]
    public async Task Connect_OtherProtocol_IsClosed() => Assert.Equal(-1, await ConnectAsync(await shared.EmptyAsync(), protocol: "AMQP"));

    [Theory]
    [InlineData("devices/cam-2/messages/events/")]
    [InlineData("$iothub/twin/PATCH/properties/reported/?$rid=1")]
    public async Task Connect_WillForOtherTopics_IsCodeFive(string topic) => Assert.Equal(5, await ConnectAsync(await shared.EmptyAsync(), will: (topic, "gone")));

    [Theory]
    [InlineData(-4, 0)]
    [InlineData(-6, 5)]
    [InlineData(5, 0)]
    public async Task Connect_ClockThatIsWrong_IsLetInUpToFiveMinutes(int minutes, int code) => Assert.Equal(code, await ConnectAsync(await shared.EmptyAsync(), life: minutes * 60));

    [Fact]
    public async Task Silence_OneAndAHalfKeepAlives_IsClosed()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1")), keepAlive: 2));
        var started = TimeProvider.System.GetTimestamp();

        Assert.True(await device.IsClosedAsync());

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 2.8, 8);
        Eventually.True(() => hub.Codes("cam-1", 2).TakeLast(2).SequenceEqual([0, 404104]), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Strangers_MoreThanOneAddressMayHave_AreClosedAndDevicesDoNotCount()
    {
        await using var hub = await TestHub.StartAsync(options => options with { MaxStrangers = 2 });
        await using var first = await hub.ConnectAsync("cam-1");
        await using var second = await hub.ConnectAsync("cam-2");
        await using var third = await hub.ConnectAsync("cam-3");
        using var idle1 = new TcpClient("127.0.0.1", hub.Address.MqttPort);
        using var idle2 = new TcpClient("127.0.0.1", hub.Address.MqttPort);

        using var tooMany = new TcpClient("127.0.0.1", hub.Address.MqttPort);

        await AssertClosedAsync(tooMany.GetStream());
        Assert.True(await first.HearsNothingAsync());
        idle1.Dispose();
        Eventually.True(() => CanConnect(hub), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Twin_TenThousandDeepAndOversize_AreAnsweredWithTheirCodes()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000);
        var eleven = string.Concat(Enumerable.Repeat("{\"a\":", 11)) + "1" + new string('}', 11);
        var large = "{" + string.Join(',', Enumerable.Range(0, 9).Select(i => $"\"k{i}\":\"{new string('x', 4000)}\"")) + "}";

        Assert.StartsWith("$iothub/twin/res/400/", await ReportAsync(device, deep), StringComparison.Ordinal);
        Assert.StartsWith("$iothub/twin/res/400/", await ReportAsync(device, eleven), StringComparison.Ordinal);
        Assert.StartsWith("$iothub/twin/res/400/", await ReportAsync(device, $$"""{"k":"{{new string('x', 4097)}}"}"""), StringComparison.Ordinal);
        Assert.StartsWith("$iothub/twin/res/400/", await ReportAsync(device, """{"a.b":1}"""), StringComparison.Ordinal);
        Assert.StartsWith("$iothub/twin/res/413/", await ReportAsync(device, large), StringComparison.Ordinal);
        Assert.StartsWith("$iothub/twin/res/204/", await ReportAsync(device, """{"a":1}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%24.mid=a%20b")]
    [InlineData("%24.mid=grün")]
    public async Task Publish_BadMessageId_ClosesWithItsCode(string bag)
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.False(await device.PublishAsync($"devices/cam-1/messages/events/{bag}", []));

        Eventually.True(() => hub.Codes("cam-1", 1).Contains(400004), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Method_ThatNeverReturns_TimesOutAndOthersGoOn()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.MethodFilter);
        var stuck = hub.AskAsync("POST", "twins/cam-1/methods", """{"methodName":"x","responseTimeoutInSeconds":1}""");
        await device.ReceiveAsync();

        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", []));

        var (status, body) = await stuck;
        Assert.Equal((504, 504101), (status, body.GetProperty("errorCode").GetInt32()));
    }

    [Fact]
    public async Task Keys_Changed_EndTheConnectionAndTheOldOnesDoNotCount()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        var old = hub.Token(hub.Add("cam-1"));

        Assert.Equal(200, (await hub.AskAsync("PUT", "devices/cam-1", """{"authentication":{"type":"sas"}}""", ifMatch: "*")).Status);

        Assert.True(await device.IsClosedAsync());
        await using var again = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(5, await again.ConnectAsync("cam-1", hub.UserName("cam-1"), old));
        await using var fresh = await hub.ConnectAsync("cam-1");
    }

    [Theory]
    [InlineData("""{"authentication":{"type":"magic"}}""")]
    [InlineData("""{"authentication":{"type":"selfSigned"}}""")]
    [InlineData("""{"authentication":{"type":"selfSigned","x509Thumbprint":{"primaryThumbprint":"xyz"}}}""")]
    [InlineData("""{"authentication":{"type":"sas","symmetricKey":{"primaryKey":"short"}}}""")]
    [InlineData("""{"authentication":[1]}""")]
    public async Task Keys_ThatAreNone_AreRefused(string body)
    {
        var hub = await shared.EmptyAsync();

        Assert.Equal(400, (await hub.AskAsync("PUT", "devices/cam-1", body)).Status);
    }

    private static async Task<int> ConnectAsync(TestHub hub, string clientId = "cam-1", string? protocol = null, (string, string)? will = null, int life = 300)
    {
        await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        return await device.ConnectAsync(clientId, hub.UserName(clientId), hub.Token(hub.Add("cam-1"), life), will: will, protocol: protocol);
    }

    private static async Task<string> ReportAsync(RawDevice device, string json)
    {
        await device.PublishAsync(HubTopic.TwinReport("1"), Encoding.UTF8.GetBytes(json), qos: 0);
        return (await device.ReceiveAsync()).Topic;
    }

    private static bool CanConnect(TestHub hub)
    {
        try
        {
            return ConnectAsync(hub, "cam-1").GetAwaiter().GetResult() == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task AssertClosedAsync(NetworkStream stream)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(12));
        try
        {
            // TLS may say an alert before it ends
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, deadline.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // a reset is an end as well
        }
    }
}
