using System.Net;
using System.Text;
using System.Text.Json;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

public class DeviceMessageTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Filter = "devices/cam-1/messages/devicebound/#", Path = "devices/cam-1/messages/deviceBound";

    [Fact]
    public async Task Send_ListeningDevice_GetsItOnceWithItsProperties()
    {
        var hub = await shared.EmptyAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        Assert.Equal(1, await device.SubscribeAsync(Filter, 1));

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(hub, "open", ("iothub-messageid", "m 1"), ("iothub-ack", "full"), ("iothub-app-gate", "a&b"), ("Content-Type", "text/plain")));

        var (topic, payload, packetId) = await device.ReceiveHeldAsync();
        Assert.Equal("open", payload);
        var parsed = HubTopic.Parse(topic);
        Assert.Equal((HubTopicKind.DeviceBound, "cam-1"), (parsed.Kind, parsed.DeviceId));
        Assert.Equal("/devices/cam-1/messages/deviceBound", parsed.Properties["$.to"]);
        Assert.Equal(("m 1", "a&b", "full"), (parsed.Properties["$.mid"], parsed.Properties["gate"], parsed.Properties["iothub-ack"]));
        await device.AcknowledgeAsync(packetId);
        Assert.True(await device.HearsNothingAsync());
        var feedback = await FeedbackAsync(hub);
        Assert.Equal(("m 1", "Success", "cam-1"), (Text(feedback[0], "originalMessageId"), Text(feedback[0], "statusCode"), Text(feedback[0], "deviceId")));
    }

    [Fact]
    public async Task Send_DeviceThatIsAway_GetsThemInOrderWhenItListens()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        for (var i = 0; i < 3; i++)
        {
            await SendAsync(hub, $"{i}");
        }

        await using var device = await hub.ConnectAsync("cam-1");
        Assert.True(await device.HearsNothingAsync()); // connected is not listening
        Assert.Equal(1, await device.SubscribeAsync(Filter, 1));

        Assert.Equal(["0", "1", "2"], [(await device.ReceiveHeldAsync()).Payload, (await device.ReceiveHeldAsync()).Payload, (await device.ReceiveHeldAsync()).Payload]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_NotAcknowledgedThenReconnect_IsThereAgainOnce(bool isTakeover)
    {
        var hub = await shared.EmptyAsync();
        var first = await LastingAsync(hub);
        await first.SubscribeAsync(Filter, 1);
        await SendAsync(hub, "open");
        await first.ReceiveHeldAsync();
        if (!isTakeover)
        {
            await first.DisposeAsync();
            Eventually.True(() => !hub.IsConnected("cam-1"), TimeSpan.FromSeconds(5));
        }

        await using var second = await LastingAsync(hub); // its subscriptions come back with the session

        Assert.True(second.HasSession);
        var (_, payload, packetId) = await second.ReceiveHeldAsync();
        Assert.Equal("open", payload);
        await second.AcknowledgeAsync(packetId);
        Assert.True(await second.HearsNothingAsync());
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Send_CleanSession_ForgetsTheSubscription()
    {
        var hub = await shared.EmptyAsync();
        await using (var first = await LastingAsync(hub))
        {
            await first.SubscribeAsync(Filter, 1);
        }

        Eventually.True(() => !hub.IsConnected("cam-1"), TimeSpan.FromSeconds(5));
        await SendAsync(hub, "open");
        await using var second = await hub.ConnectAsync("cam-1");

        Assert.False(second.HasSession);
        Assert.True(await second.HearsNothingAsync());
    }

    [Fact]
    public async Task Send_NeverAcknowledged_EndsAfterTenDeliveries()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        await SendAsync(hub, "open", ("iothub-messageid", "m1"), ("iothub-ack", "negative"));
        for (var i = 0; i < 10; i++)
        {
            await using var device = await hub.ConnectAsync("cam-1");
            await device.SubscribeAsync(Filter, 1);
            Assert.Equal("open", (await device.ReceiveHeldAsync()).Payload);
        }

        await using var last = await hub.ConnectAsync("cam-1");
        await last.SubscribeAsync(Filter, 1);

        Assert.True(await last.HearsNothingAsync());
        Assert.Equal("DeliveryCountExceeded", Text((await FeedbackAsync(hub))[0], "statusCode"));
    }

    [Fact]
    public async Task Send_FiftyFirstAndTooLarge_AreRefusedWithTheirCodes()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(hub, new string('x', (64 * 1024) + 1)));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(hub, new string('x', 64 * 1024)));
        for (var i = 1; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(hub, "x"));
        }

        var (status, body) = await hub.AskAsync("POST", Path, "x");
        Assert.Equal((403, 403004), (status, body.GetProperty("errorCode").GetInt32()));
        Assert.Equal(50, (await hub.AskAsync("DELETE", "devices/cam-1/commands")).Body.GetProperty("totalMessagesPurged").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(hub, "x"));
        Assert.Equal(404, (await hub.AskAsync("POST", "devices/nobody/messages/deviceBound", "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(hub, "x", ("iothub-ack", "maybe")));
    }

    [Fact]
    public async Task Send_HubRestarts_KeepsWhatWaits()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Add("cam-1");
        await SendAsync(hub, "open");

        await hub.RestartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(Filter, 1);

        Assert.Equal("open", (await device.ReceiveHeldAsync()).Payload);
    }

    [Fact]
    public async Task Send_ThatExpired_IsNotDelivered()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        await SendAsync(hub, "open", ("iothub-messageid", "m1"), ("iothub-ack", "full"));

        hub.WithDatabase(database => database.Write(connection => Storage.Sql.Execute(connection, "UPDATE device_message SET expires = 1")));

        Eventually.True(() => FeedbackAsync(hub).GetAwaiter().GetResult() is [var feedback] && Text(feedback, "statusCode") == "Expired", TimeSpan.FromSeconds(5));
        await using var device = await hub.ConnectAsync("cam-1");
        await device.SubscribeAsync(Filter, 1);
        Assert.True(await device.HearsNothingAsync());
    }

    [Fact]
    public async Task Feedback_ReadAndForgotten_IsGone()
    {
        var hub = await shared.EmptyAsync();
        hub.Add("cam-1");
        await SendAsync(hub, "open", ("iothub-ack", "negative"));
        await hub.AskAsync("DELETE", "devices/cam-1/commands");
        using var answer = await hub.Rest.GetAsync("messages/servicebound/feedback");
        Assert.Equal("Purged", Text(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement[0], "statusCode"));

        var token = answer.Headers.ETag!.Tag.Trim('"');
        Assert.Equal(204, (await hub.AskAsync("DELETE", $"messages/servicebound/feedback/{token}")).Status);
        Assert.Equal(412, (await hub.AskAsync("DELETE", $"messages/servicebound/feedback/{token}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await hub.Rest.GetAsync("messages/servicebound/feedback")).StatusCode);
    }

    private static async Task<RawDevice> LastingAsync(TestHub hub)
    {
        var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
        Assert.Equal(0, await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(hub.Add("cam-1")), clean: false));
        return device;
    }

    private static async Task<HttpStatusCode> SendAsync(TestHub hub, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await hub.Rest.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<JsonElement[]> FeedbackAsync(TestHub hub)
    {
        var text = await hub.Rest.GetStringAsync("messages/servicebound/feedback");
        return text.Length == 0 ? [] : [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
