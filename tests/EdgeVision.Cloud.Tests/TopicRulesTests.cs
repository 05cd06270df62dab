using System.Text;

namespace EdgeVision.Cloud.Tests;

public sealed class TopicRulesTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const int Limit = 256 * 1024;

    [Theory]
    [InlineData("devices/cam-2/messages/events/", 1)]
    [InlineData("devices/cam-1/messages/devicebound/", 1)]
    [InlineData("anything", 0)]
    [InlineData("$iothub/twin/res/200/?$rid=1", 0)]
    [InlineData("$iothub/methods/POST/reboot/?$rid=1", 0)]
    [InlineData("devices/cam-1/messages/events/", 2)]
    public async Task Publish_WhatADeviceMayNot_ClosesTheConnection(string topic, int qos)
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.False(await device.PublishAsync(topic, [], qos) && qos > 0);

        Assert.True(await device.IsClosedAsync());
        Assert.Empty(hub.Telemetry("cam-1"));
        Assert.Empty(hub.Telemetry("cam-2"));
    }

    [Theory]
    [InlineData("$iothub/twin/res/#", 0, 0)]
    [InlineData("$iothub/methods/POST/#", 1, 1)]
    [InlineData("$iothub/twin/PATCH/properties/desired/#", 2, 1)]
    [InlineData("devices/cam-1/messages/devicebound/#", 1, 1)]
    [InlineData("devices/cam-2/messages/devicebound/#", 1, 0x80)]
    [InlineData("devices/+/messages/devicebound/#", 0, 0x80)]
    [InlineData("#", 0, 0x80)]
    [InlineData("$iothub/#", 0, 0x80)]
    public async Task Subscribe_OnlyItsOwnFilters_AreGranted(string filter, byte qos, int code)
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.Equal(code, await device.SubscribeAsync(filter, qos));
    }

    [Fact]
    public async Task Publish_Telemetry_IsStoredWithPropertiesNobodyCanForge()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/?%24.ct=application%2Fjson&$.mid=7&line=a%26b&flag&iothub-connection-device-id=cam-2&%24.cdid=cam-2/", "{}"u8.ToArray(), retain: true));

        var message = Assert.Single(hub.Telemetry("cam-1"));
        Assert.Equal(new Dictionary<string, string> { ["line"] = "a&b", ["flag"] = "", ["mqtt-retain"] = "true" }, message.Properties);
        Assert.Equal("application/json", message.SystemProperties["content-type"]);
        Assert.Equal("7", message.SystemProperties["message-id"]);
        Assert.Equal("cam-1", message.SystemProperties["iothub-connection-device-id"]);
        Assert.DoesNotContain("cam-2", message.SystemProperties.Values);
    }

    [Fact]
    public async Task Publish_ManyAtOnce_AreAcknowledgedInTheirOrder()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        var (sent, acknowledged) = await device.PublishManyAsync("devices/cam-1/messages/events/", 50);

        Assert.Equal(sent, acknowledged);
        Assert.Equal(50, hub.Telemetry("cam-1").Count);
    }

    [Fact]
    public async Task Publish_UnknownTopicWhereTheyAreIgnored_StaysConnected()
    {
        await using var hub = await TestHub.StartAsync(options => options with { IgnoreUnknownTopics = true });
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.True(await device.PublishAsync("anything", []));
        Assert.False(await device.PublishAsync("devices/cam-2/messages/events/", [])); // somebody else's is never ignored
    }

    [Fact]
    public async Task Publish_MessageAtTheLimit_IsStoredAndOneByteMoreCloses()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");

        // names and values of properties count: 4 bytes
        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/ab=cd", new byte[Limit - 4]));
        Assert.False(await device.PublishAsync("devices/cam-1/messages/events/ab=cd", new byte[Limit - 3]));

        Assert.Single(hub.Telemetry("cam-1"));
    }

    [Fact]
    public async Task Will_OfADeviceThatVanishes_IsTelemetryThatSaysSo()
    {
        var hub = await shared.EmptyAsync();
        var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1")), will: ("devices/cam-1/messages/events/", "gone")));

        await device.DisposeAsync();

        Eventually.True(() => hub.Telemetry("cam-1").Count == 1, TimeSpan.FromSeconds(5));
        var will = hub.Telemetry("cam-1")[0];
        Assert.Equal("gone", Encoding.UTF8.GetString(will.Body));
        Assert.Equal("Will", will.Properties["iothub-MessageType"]);
    }
}
