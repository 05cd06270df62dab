using EdgeVision.Cloud.Limits;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public sealed class ThrottleTests
{
    private static readonly TierLimits Wide = new(1000, 1000, 1000, 1000, 1000, 1e9, 1000, 1000, 1000, 1_000_000, 4096);

    [Fact]
    public void TokenBucket_TwoPerSecondWithTenAtOnce_MakesTheEleventhWaitHalfASecond()
    {
        var time = new ManualTime();
        var bucket = new TokenBucket(perSecond: 2, capacity: 10, time);

        Assert.Equal(TimeSpan.Zero, bucket.Take(10, TimeSpan.Zero));
        Assert.Null(bucket.Take(1, TimeSpan.FromSeconds(0.4)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.Take(1, TimeSpan.FromSeconds(1)));
        time.Advance(0.5); // pays the debt
        Assert.Equal(TimeSpan.FromSeconds(0.5), bucket.Take(1, TimeSpan.FromSeconds(1)));
        time.Advance(1000); // fills up to ten, and no further
        Assert.Equal(TimeSpan.Zero, bucket.Take(10, TimeSpan.Zero));
        Assert.Null(bucket.Take(0.1, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("F1", 5, 100, 8_000)]
    [InlineData("s1", 1, 100, 400_000)]
    [InlineData("S1", 10, 120, 4_000_000)]
    [InlineData("S2", 2, 240, 12_000_000)]
    [InlineData("S3", 1, 6000, 300_000_000)]
    public void TierLimits_OfATier_AreThoseOfTheTable(string tier, int units, double sends, long blocks) =>
        Assert.Equal((sends, blocks), (TierLimits.Of(tier, units)!.Sends, TierLimits.Of(tier, units)!.BlocksPerDay));

    [Fact]
    public async Task Sends_MoreThanTheTier_AreAcknowledgedLater()
    {
        await using var hub = await StartAsync(Wide with { Sends = 2 });
        await using var device = await hub.ConnectAsync("cam-1");
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 4; i++)
        {
            Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", []));
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.9, 5); // two at once, two more in a second
    }

    [Fact]
    public async Task Quota_UsedUp_EndsTheConnectionWithItsCode()
    {
        await using var hub = await StartAsync(Wide with { BlocksPerDay = 3 });
        await using var device = await hub.ConnectAsync("cam-1");

        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", new byte[4097])); // two blocks
        Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", []));
        Assert.False(await device.PublishAsync("devices/cam-1/messages/events/", []));

        Assert.Contains(403002, hub.Codes("cam-1", 3));
    }

    [Fact]
    public async Task TwinMethodsAndMessages_MoreThanTheTier_Answer429()
    {
        await using var hub = await StartAsync(Wide with { TwinReads = 0.05, TwinUpdates = 0.05, DeviceMessages = 0.05 });
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinResponseFilter);

        var answers = new List<string>();
        foreach (var topic in new[] { HubTopic.TwinGet("1"), HubTopic.TwinGet("2"), HubTopic.TwinReport("3"), HubTopic.TwinReport("4") })
        {
            await device.PublishAsync(topic, "{}"u8.ToArray(), qos: 0);
            answers.Add((await device.ReceiveAsync()).Topic);
        }

        Assert.Equal(["$iothub/twin/res/200/?$rid=1", "$iothub/twin/res/429/?$rid=2", "$iothub/twin/res/204/?$rid=3&$version=2", "$iothub/twin/res/429/?$rid=4"], answers);
        Assert.Equal(204, (await hub.AskAsync("POST", "devices/cam-1/messages/deviceBound", "1")).Status);
        Assert.Equal(429, (await hub.AskAsync("POST", "devices/cam-1/messages/deviceBound", "2")).Status);
    }

    [Fact]
    public async Task Connections_MoreThanTheTier_AreCodeFive()
    {
        await using var hub = await StartAsync(Wide with { Connections = 0.05 });
        await using var first = await hub.ConnectAsync("cam-1");
        await using var second = await RawDevice.OpenAsync(hub.Address.MqttPort);

        Assert.Equal(5, await second.ConnectAsync("cam-2", hub.UserName("cam-2"), hub.Token(hub.Add("cam-2"))));
        Assert.Equal([429001], hub.Codes("cam-2", 1));
    }

    private static Task<TestHub> StartAsync(TierLimits tier) => TestHub.StartAsync(options => options with { Tier = tier });
}
