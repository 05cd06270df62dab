namespace EdgeVision.Cloud.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData("KillTcp")]
    [InlineData("ShutDownMqtt")]
    public async Task Fault_ThatKills_AcknowledgesEndsTheConnectionAndLetsItComeBack(string kind)
    {
        await using var hub = await StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.True(await AskAsync(device, kind, 0));

        Assert.True(await device.IsClosedAsync());
        await using var again = await hub.ConnectAsync("cam-1");
        Assert.Empty(hub.Telemetry("cam-1"));
    }

    [Theory]
    [InlineData("InvokeThrottling", 429001)]
    [InlineData("InvokeMaxMessageQuota", 403002)]
    public async Task Fault_ThatLimits_EndsTheConnectionAtTheNextMessage(string kind, int code)
    {
        await using var hub = await StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await AskAsync(device, kind, 60);

        Assert.False(await device.PublishAsync("devices/cam-1/messages/events/", []));

        Assert.Contains(code, hub.Codes("cam-1", 3));
        await using var other = await hub.ConnectAsync("cam-2");
        Assert.True(await other.PublishAsync("devices/cam-2/messages/events/", []));
    }

    [Fact]
    public async Task Fault_OfAuthentication_RefusesUntilItEnds()
    {
        await using var hub = await StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await AskAsync(device, "InvokeAuthError", 2);
        Assert.True(await device.IsClosedAsync());

        await using var refused = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(5, await refused.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))));

        Eventually.True(() => IsLetIn(hub), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Fault_BlackHole_AnswersNothingWhileItLasts()
    {
        await using var hub = await StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        var started = TimeProvider.System.GetTimestamp();
        await AskAsync(device, "BlackHole", 2, delay: 0.1);
        await Task.Delay(TimeSpan.FromSeconds(0.3)); // until it has begun

        await using var stranger = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(5, await stranger.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 2, 9);
        Assert.True(await device.HearsNothingAsync()); // it was never closed
    }

    [Fact]
    public async Task Fault_HubThatWasNotToldSo_IsAnOrdinaryMessage()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        await AskAsync(device, "KillTcp", 0);

        Assert.True(await device.HearsNothingAsync());
        Assert.Single(hub.Telemetry("cam-1"));
    }

    private static Task<TestHub> StartAsync() => TestHub.StartAsync(options => options with { HasTestFaults = true });

    private static Task<bool> AskAsync(RawDevice device, string kind, int duration, double delay = 0) => device.PublishAsync(
        $"devices/cam-1/messages/events/AzIoTHub_FaultOperationType={kind}&AzIoTHub_FaultOperationCloseReason=boom&AzIoTHub_FaultOperationDelayInSecs={FormattableString.Invariant($"{delay}")}&AzIoTHub_FaultOperationDurationInSecs={duration}", []);

    private static bool IsLetIn(TestHub hub)
    {
        var device = RawDevice.OpenAsync(hub.Address.MqttPort).GetAwaiter().GetResult();
        try
        {
            return device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1"))).GetAwaiter().GetResult() == 0;
        }
        finally
        {
            device.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
