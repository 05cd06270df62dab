using System.Text;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Tests;

/// <summary>A message that a device was given and does not acknowledge, on a clock that moves when it is told to.</summary>
public class MessageLockTests
{
    private const string Id = "cam-1", Open = "open";
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Send_NeverAcknowledged_IsLockedForAMinuteEachTimeAndDeadAfterTheTenth()
    {
        await using var hub = await TestHub.StartAsync(database: Database(), time: _time);
        await using var device = await ListenAsync(hub);
        await SendAsync(hub);

        for (var delivery = 1; delivery <= 10; delivery++)
        {
            Assert.Equal(Open, (await device.ReceiveHeldAsync()).Payload);
            Assert.Equal([delivery], DeliveryCounts(hub));
            await IsLockedForAsync(hub, device, 59);
            _time.Advance(2);
        }

        Eventually.True(() => Feedback(hub) is ["DeliveryCountExceeded"], TimeSpan.FromSeconds(5));
        Assert.True(await device.HearsNothingAsync());
        Assert.Empty(DeliveryCounts(hub));
    }

    [Fact]
    public async Task Send_AcknowledgedAfterItsLock_IsTakenAndDoesNotComeAThirdTime()
    {
        await using var hub = await TestHub.StartAsync(database: Database(), time: _time);
        await using var device = await ListenAsync(hub);
        await SendAsync(hub);
        var (_, _, first) = await device.ReceiveHeldAsync();
        _time.Advance(61);
        Assert.Equal(Open, (await device.ReceiveHeldAsync()).Payload);

        await device.AcknowledgeAsync(first);

        Assert.True(await device.HearsNothingAsync());
        Assert.Equal(["Success"], Feedback(hub));
        await IsLockedForAsync(hub, device, 61); // long enough for a third, if there were one
    }

    [Fact]
    public async Task Send_AcknowledgedWithinItsLock_NeverComesAgain()
    {
        await using var hub = await TestHub.StartAsync(database: Database(), time: _time);
        await using var device = await ListenAsync(hub);
        await SendAsync(hub);
        await IsLockedForAsync(hub, device, 59, before: await device.ReceiveHeldAsync());

        await IsLockedForAsync(hub, device, 61);
        Assert.Equal(["Success"], Feedback(hub));
    }

    private protected virtual string? Database() => null;

    /// <summary>The hub has looked after this time, and had nothing but the marker, which another process left there.</summary>
    private async Task IsLockedForAsync(TestHub hub, RawDevice device, double seconds, (string Topic, string Payload, ushort PacketId)? before = null)
    {
        Assert.True(hub.WithDatabase(database => new DeviceMessageStore(database, _time).TryAdd(new MessageRequest { Body = "marker"u8.ToArray() }.For(Id, _time.GetUtcNow()))));
        _time.Advance(seconds);
        var (_, payload, packetId) = await device.ReceiveHeldAsync();
        Assert.Equal("marker", payload); // an older one would have come first
        await device.AcknowledgeAsync(packetId);
        if (before is { } held)
        {
            await device.AcknowledgeAsync(held.PacketId);
        }

        Assert.True(await device.HearsNothingAsync());
    }

    private static async Task<RawDevice> ListenAsync(TestHub hub)
    {
        var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync(Id, hub.UserName(Id), hub.Token(hub.Add(Id), lifeSeconds: 3600), keepAlive: 1000));
        Assert.Equal(1, await device.SubscribeAsync($"devices/{Id}/messages/devicebound/#", 1));
        return device;
    }

    private static async Task SendAsync(TestHub hub)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"devices/{Id}/messages/deviceBound") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Open)) };
        request.Headers.Add("iothub-ack", "full");
        using var response = await hub.Rest.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
    }

    private static List<int> DeliveryCounts(TestHub hub) => hub.WithDatabase(database => database.Read(connection =>
        connection.Query("SELECT delivery_count FROM device_message WHERE ack = 'Full'", row => (int)row.GetInt64(0))));

    private static List<string> Feedback(TestHub hub) =>
        [.. hub.WithDatabase(database => new NoticeStore(database).Read(NoticeStore.Feedback, 10)).Select(notice => (string)notice.Body["statusCode"]!)];
}
