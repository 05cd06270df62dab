using System.Text;
using Confluent.Kafka;

namespace EdgeVision.Cloud.Tests;

public sealed class KafkaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Messages_OfTwoDevices_ArriveInOrderWithKeyAndHeaders()
    {
        using var broker = new KafkaBroker();
        await using var hub = await TestHub.StartAsync();
        Assert.Equal(200, (await hub.AskAsync("PUT", "forwards/lake", $$"""{"kafka":"{{broker.Address}}","topic":"telemetry"}""")).Status);
        await using var one = await hub.ConnectAsync("cam-1");
        await using var two = await hub.ConnectAsync("cam-2");
        for (var i = 0; i < 50; i++)
        {
            await one.PublishAsync("devices/cam-1/messages/events/$.ct=application%2Fjson&line=3", Encoding.UTF8.GetBytes($"{i}"));
            await two.PublishAsync("devices/cam-2/messages/events/", Encoding.UTF8.GetBytes($"{i}"));
        }

        Eventually.True(() => hub.AskAsync("GET", "forwards").Result.Body[0].GetProperty("lag").GetInt64() == 0, Patience, () => hub.AskAsync("GET", "forwards").Result.Body.GetRawText());
        var read = broker.Read("telemetry", messages => messages.Count >= 100);

        Assert.Equal(100, read.Count); // nothing failed, so nothing came twice
        foreach (var device in new[] { "cam-1", "cam-2" })
        {
            Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), read.Where(message => message.Message.Key == device).Select(message => Encoding.UTF8.GetString(message.Message.Value)));
        }

        var first = read.First(message => message.Message.Key == "cam-1").Message.Headers;
        Assert.Equal(("3", "application/json", "cam-1"), (Header(first, "line"), Header(first, "system.content-type"), Header(first, "system.iothub-connection-device-id")));
        Assert.Equal(1, int.Parse(Header(first, "system.sequence"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Hub_KilledWhileItProduces_EveryMessageArrivesInOrder()
    {
        using var broker = new KafkaBroker();
        using var hub = new PublishedHub();
        await using (var device = await hub.ConnectAsync("cam-1"))
        {
            for (var i = 0; i < 400; i++)
            {
                Assert.True(await device.PublishAsync("devices/cam-1/messages/events/", Encoding.UTF8.GetBytes($"{i}")));
            }
        }

        hub.Json("forward", "add", "lake", "--kafka", broker.Address, "--topic", "telemetry", "--after", "0");
        for (var life = 0; life < 2; life++)
        {
            await Task.Delay(1300);
            hub.Server!.Signal(9);
            hub.Start();
        }

        Eventually.True(() => hub.Json("forward", "list", "--json")[0].GetProperty("lag").GetInt64() == 0, Patience, () => hub.Run("forward", "list").Output + hub.Server!.Output);
        var read = broker.Read("telemetry", messages => messages.Any(message => Text(message) == "399"));

        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"{i}"), read.Select(Text).Distinct());
    }

    [Fact]
    public async Task Broker_Away_IsRetriedAndSaysSoAndNothingIsLost()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.AskAsync("PUT", "forwards/lake", """{"kafka":"127.0.0.1:1","topic":"telemetry"}""");
        await using var device = await hub.ConnectAsync("cam-1");
        await device.PublishAsync("devices/cam-1/messages/events/", [1]);

        Eventually.True(() => hub.AskAsync("GET", "forwards").Result.Body[0].GetProperty("state").GetString() == "retrying", Patience);

        var forward = (await hub.AskAsync("GET", "forwards")).Body[0];
        Assert.Equal((1, 0), (forward.GetProperty("lag").GetInt64(), forward.GetProperty("delivered").GetInt64()));
    }

    private static string Text(ConsumeResult<string, byte[]> message) => Encoding.UTF8.GetString(message.Message.Value);

    private static string Header(Headers headers, string name) => Encoding.UTF8.GetString(headers.GetLastBytes(name));
}
