using System.Text;
using System.Text.Json;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Tests;

/// <summary>A database that goes away, and two hubs that share one.</summary>
public sealed class OutageTests
{
    private const string Topic = "devices/cam-1/messages/events/$.ct=application%2Fjson";

    [Fact]
    public async Task Postgres_KilledTwiceUnderLoad_EveryAcknowledgedMessageIsThere()
    {
        Postgres.Require();
        using var server = new Postgres();
        await using var hub = await TestHub.StartAsync(database: server.CreateDatabase());
        hub.Add("cam-1");
        using var stop = new CancellationTokenSource();
        var acknowledged = new List<int>();
        var sending = SendAsync(hub, acknowledged, stop.Token);
        for (var cut = 0; cut < 2; cut++)
        {
            var before = acknowledged.Count;
            Eventually.True(() => acknowledged.Count > before + 20, TimeSpan.FromSeconds(30));
            server.Kill();
            Assert.Equal(503, (int)(await hub.Rest.GetAsync("devices")).StatusCode);
            Assert.Equal(200, (int)(await hub.Rest.GetAsync("healthz")).StatusCode);
            server.Start();
        }

        var last = acknowledged.Count;
        Eventually.True(() => acknowledged.Count > last + 20, TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await sending;

        var stored = hub.WithDatabase(database => new Storage.TelemetryStore(database).Read("cam-1", 0, 100_000)).Select(message => int.Parse(Encoding.UTF8.GetString(message.Body), null)).ToHashSet();
        Assert.Empty(acknowledged.Except(stored));
    }

    [Fact]
    public async Task TwoHubs_OnOneDatabase_AreOneToDevicesAndServices()
    {
        var database = Postgres.Shared.CreateDatabase();
        await using var here = await TestHub.StartAsync(database: database);
        await using var there = await TestHub.StartAsync(database: database);
        await using var device = await there.ConnectAsync("cam-1");
        await device.SubscribeAsync(HubTopic.TwinDesiredFilter);
        await device.SubscribeAsync(HubTopic.MethodFilter);

        await here.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"x":1}}}""");
        await there.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"x":2}}}""");
        await here.AskAsync("PATCH", "twins/cam-1", """{"properties":{"desired":{"x":3}}}""");
        foreach (var version in new[] { 1, 2, 3 })
        {
            Assert.Equal($$"""{"x":{{version}},"$version":{{version + 1}}}""", (await device.ReceiveAsync()).Payload); // each, and in order
        }

        await device.PublishAsync(Topic, "7"u8.ToArray());
        Assert.Equal(7, JsonDocument.Parse(await here.Rest.GetStringAsync("telemetry")).RootElement.GetProperty("body").GetInt32());
        var (status, error) = await here.AskAsync("POST", "twins/cam-1/methods", """{"methodName":"ping"}""");
        Assert.Equal((404, 404103), (status, error.GetProperty("errorCode").GetInt32())); // calls are not routed between hubs

        Assert.Equal(200, (await here.AskAsync("PUT", "devices/cam-1", """{"status":"disabled"}""", ifMatch: "*")).Status);
        Assert.True(await device.IsClosedAsync());
    }

    [Fact]
    public async Task TwoHubs_WithOneDestination_SendEachMessageOnce()
    {
        await using var receiver = new WebhookReceiver((_, _) => 200);
        await receiver.StartAsync();
        var database = Postgres.Shared.CreateDatabase();
        await using var here = await TestHub.StartAsync(database: database);
        await using var there = await TestHub.StartAsync(database: database);
        receiver.Secret = (await here.AskAsync("PUT", "forwards/hook", $$"""{"webhook":"{{receiver.Url}}"}""")).Body.GetProperty("secret").GetString()!;
        await using var one = await here.ConnectAsync("cam-1");
        await using var two = await there.ConnectAsync("cam-2");
        for (var i = 0; i < 40; i++)
        {
            await one.PublishAsync(Topic, Encoding.UTF8.GetBytes($"{i}"));
            await two.PublishAsync("devices/cam-2/messages/events/$.ct=application%2Fjson", Encoding.UTF8.GetBytes($"{i}"));
        }

        Eventually.True(() => receiver.Taken.Count >= 80, TimeSpan.FromSeconds(20), () => $"{receiver.Taken.Count} of 80");

        Assert.Equal(80, receiver.Taken.Count);
        foreach (var device in new[] { "cam-1", "cam-2" })
        {
            Assert.Equal(Enumerable.Range(0, 40), receiver.Taken.Where(message => message.GetProperty("deviceId").GetString() == device).Select(message => message.GetProperty("body").GetInt32()));
        }
    }

    /// <summary>Sends one number after the other; connects again when the connection ends, and counts only what was acknowledged.</summary>
    private static async Task SendAsync(TestHub hub, List<int> acknowledged, CancellationToken stop)
    {
        var key = hub.Add("cam-1");
        for (var next = 0; !stop.IsCancellationRequested;)
        {
            try
            {
                await using var device = await RawDevice.OpenAsync(hub.Address.MqttPort);
                if (await device.ConnectAsync("cam-1", hub.UserName("cam-1"), hub.Token(key)) != 0)
                {
                    await Task.Delay(100, CancellationToken.None);
                    continue;
                }

                while (!stop.IsCancellationRequested && await device.PublishAsync(Topic, Encoding.UTF8.GetBytes($"{next}")))
                {
                    acknowledged.Add(next++);
                }

                next++;
            }
            catch (IOException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }
    }
}
