namespace EdgeVision.Cloud.Tests;

public sealed class WebSocketTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task WebSocket_DeviceWithItsToken_SendsAndIsHeard()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await RawDevice.OpenWebSocketAsync(hub.Address.HttpsPort);

        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))));
        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", new byte[200 * 1024]));

        Assert.Equal(200 * 1024, Assert.Single(hub.Telemetry("cam-1")).Body.Length);
    }

    [Fact]
    public async Task WebSocket_ConnectedOverTls_TakesOverAndIsTakenOver()
    {
        var hub = await shared.EmptyAsync();
        await using var plain = await hub.ConnectAsync("cam-1");
        await using var socket = await RawDevice.OpenWebSocketAsync(hub.Address.HttpsPort);
        Assert.Equal(0, await socket.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))));
        Assert.True(await plain.IsClosedAsync());

        await using var again = await hub.ConnectAsync("cam-1");

        Assert.True(await socket.IsClosedAsync());
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x30, 0x02, 0, 0 })]
    public async Task WebSocket_BadBytesFromAStranger_AreClosedAtOnce(byte[] bytes)
    {
        var hub = await shared.EmptyAsync();
        await using var stranger = await RawDevice.OpenWebSocketAsync(hub.Address.HttpsPort);

        await stranger.WriteAsync(bytes);

        Assert.True(await stranger.IsClosedAsync());
    }

    [Fact]
    public async Task WebSocket_WithoutToken_IsCodeFive()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        await using var device = await RawDevice.OpenWebSocketAsync(hub.Address.HttpsPort);

        Assert.Equal(5, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), ""));
    }
}
