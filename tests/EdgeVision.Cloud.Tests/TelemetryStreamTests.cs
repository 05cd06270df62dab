using System.Net;
using System.Text.Json;

namespace EdgeVision.Cloud.Tests;

public sealed class TelemetryStreamTests
{
    private const string Topic = "devices/cam-1/messages/events/$.ct=application%2Fjson";

    [Fact]
    public async Task Stream_Broken_GoesOnAfterTheLastEvent()
    {
        await using var hub = await TestHub.StartAsync();
        await using var one = await hub.ConnectAsync("cam-1");
        await using var two = await hub.ConnectAsync("cam-2");
        await one.PublishAsync(Topic, "0"u8.ToArray()); // before anybody listens
        string last;
        using (var stream = await OpenAsync(hub, "telemetry/stream?device=cam-1"))
        {
            await one.PublishAsync(Topic, "1"u8.ToArray());
            await two.PublishAsync("devices/cam-2/messages/events/", [9]);
            await one.PublishAsync(Topic, "2"u8.ToArray());
            Assert.Equal("1", (await NextAsync(stream)).Body);
            (last, _) = await NextAsync(stream);
        }

        await one.PublishAsync(Topic, "3"u8.ToArray());
        using var again = await OpenAsync(hub, "telemetry/stream?device=cam-1", last);

        Assert.Equal("4", last); // its sequence: 0, 1, the other device's, 2
        Assert.Equal(("5", "3"), await NextAsync(again));
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.Rest.GetAsync("telemetry/stream?after=x")).StatusCode);
    }

    [Fact]
    public async Task Stream_After_BeginsThereAndTheHubStopsInSpiteOfIt()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.PublishAsync(Topic, "1"u8.ToArray());
        using var stream = await OpenAsync(hub, "telemetry/stream?after=0");
        Assert.Equal(("1", "1"), await NextAsync(stream));
        Assert.Contains("edgevision_hub_streams 1\n", await hub.Rest.GetStringAsync("metrics"), StringComparison.Ordinal);

        var began = TimeProvider.System.GetTimestamp();
        await hub.RestartAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Stream_WhoseReaderReadsNothing_CostsNoMemory()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        for (var i = 0; i < 200; i++)
        {
            await device.PublishAsync("devices/cam-1/messages/events/", new byte[250_000]);
        }

        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var stuck = await OpenAsync(hub, "telemetry/stream?after=0"); // 67 MB of text wait for it

        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(200);
            Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, -50, 20); // a page of 4 MB, its text, buffers
        }
    }

    [Fact]
    public async Task Metrics_AfterSomeTraffic_CountIt()
    {
        await using var hub = await TestHub.StartAsync();
        await using var device = await hub.ConnectAsync("cam-1");
        await device.PublishAsync(Topic, "12345"u8.ToArray());
        await using var stranger = await RawDevice.OpenAsync(hub.Address.MqttPort);
        await stranger.ConnectAsync("cam-9", hub.UserName("cam-9"), "x");

        var page = await hub.Rest.GetStringAsync("metrics");
        var (_, status) = await hub.AskAsync("GET", "status");

        foreach (var line in new[]
        {
            "edgevision_hub_connections 1", "edgevision_hub_connects_total 1", "edgevision_hub_refusals_total{reason=\"UnknownDevice\"} 1", "edgevision_hub_messages_total 1",
            "edgevision_hub_message_bytes_total 5", "edgevision_hub_store_seconds_count 1", "edgevision_hub_queue_messages 0", "edgevision_hub_devices{status=\"enabled\"} 1",
        })
        {
            Assert.Contains(line + "\n", page, StringComparison.Ordinal);
        }

        Assert.Equal((1, 1, 1), (status.GetProperty("devices").GetInt32(), status.GetProperty("connectedDevices").GetInt32(), status.GetProperty("newestSequence").GetInt32()));
        Assert.True(status.GetProperty("databaseBytes").GetInt64() > 4096);
    }

    private static async Task<StreamReader> OpenAsync(TestHub hub, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await hub.Rest.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": hello", await stream.ReadLineAsync());
        return stream;
    }

    private static async Task<(string Id, string Body)> NextAsync(StreamReader stream)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var id = "";
        while (await stream.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, JsonDocument.Parse(line[6..]).RootElement.GetProperty("body").GetRawText());
            }
        }

        throw new EndOfStreamException();
    }
}
