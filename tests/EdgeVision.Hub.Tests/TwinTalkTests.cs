using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub.Tests;

/// <summary>The twin against a hub that loses answers, is busy, or refuses.</summary>
public sealed class TwinTalkTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;
    private readonly StandInHub _hub;
    private readonly ConcurrentQueue<(HubTopicKind Kind, string Body)> _asked = new();
    private readonly ConcurrentQueue<int> _reportAnswers = new();
    private int _lost;

    public TwinTalkTests()
    {
        _authority = new TestAuthority(_folder.Path);
        _hub = new StandInHub(_authority) { OnPublish = AnswerAsync };
    }

    public void Dispose()
    {
        _hub.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Report_ManyAtOnce_GoAsOnePatch()
    {
        using var client = Start();
        Eventually.True(() => !_asked.IsEmpty, TimeSpan.FromSeconds(10));

        for (var i = 0; i < 20; i++)
        {
            client.Client.Report($"k{i:D2}", JsonValue.Create(i));
            client.Client.Report("same", JsonValue.Create(i));
        }

        Eventually.True(() => Reports().Count > 0, TimeSpan.FromSeconds(10));
        Eventually.True(() => Known().Count == 21, TimeSpan.FromSeconds(10));
        Assert.InRange(Reports().Count, 1, 2);
        Assert.Equal(19, (int)Known()["same"]!);
    }

    [Fact]
    public void Report_HubIsBusyThenBroken_IsSentAgainWithPauses()
    {
        _reportAnswers.Enqueue(429);
        _reportAnswers.Enqueue(503);
        using var client = Start();
        client.Client.Report("a", JsonValue.Create(1));
        var since = TimeProvider.System.GetTimestamp();

        Eventually.True(() => Reports().Count == 3, TimeSpan.FromSeconds(15), () => $"{Reports().Count}");
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 2.9, 15); // 1 s and 2 s
        Assert.Single(Reports().Distinct());
        Assert.Equal((HubState.Connected, 1), (client.Status.State, _hub.Connections.Count));
    }

    [Fact]
    public void Report_HubRefuses_IsSaidOnceAndTheConnectionLives()
    {
        _reportAnswers.Enqueue(400);
        using var client = Start();
        client.Client.Report("bad", JsonValue.Create(1));
        Eventually.True(() => Reports().Count == 1, TimeSpan.FromSeconds(10));

        client.Client.Send(new TelemetryMessage("t", "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, "{}"u8.ToArray()));
        client.Wait(status => status.Sent == 1);
        Assert.Single(Reports());
        client.Client.Report("good", JsonValue.Create(2));
        Eventually.True(() => Reports().Count == 2, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Get_AnswerIsLost_IsAskedForAgainOnTheSameConnection()
    {
        _lost = 1;
        var seen = new ConcurrentQueue<string>();
        using var client = Start(desired => seen.Enqueue(desired.ToJsonString()));

        Eventually.True(() => !seen.IsEmpty, TimeSpan.FromSeconds(20));
        Assert.Equal(2, _asked.Count(asked => asked.Kind == HubTopicKind.TwinGet));
        Assert.Single(_hub.Connections);
    }

    private RunningClient Start(Action<JsonObject>? desired = null) => new(
        new HubOptions { ConnectionString = HubConnectionString.Parse($"HostName=localhost:{_hub.Port};DeviceId=cam-1;SharedAccessKey=a2V5"), CaFile = _authority.CaFile, Transport = HubTransport.Mqtt },
        client => client.DesiredChanged = desired);

    private List<string> Reports() => [.. _asked.Where(asked => asked.Kind == HubTopicKind.TwinReport).Select(asked => asked.Body)];

    private JsonObject Known()
    {
        var known = new JsonObject();
        foreach (var report in Reports())
        {
            JsonMergePatch.Apply(known, (JsonObject)JsonNode.Parse(report)!);
        }

        return known;
    }

    private async Task AnswerAsync(StandInConnection device, string topic, byte[] payload)
    {
        var asked = HubTopic.Parse(topic);
        if (asked.Kind is not (HubTopicKind.TwinGet or HubTopicKind.TwinReport))
        {
            return;
        }

        _asked.Enqueue((asked.Kind, Encoding.UTF8.GetString(payload)));
        if (Interlocked.Decrement(ref _lost) >= 0)
        {
            return;
        }

        var (status, body) = asked.Kind == HubTopicKind.TwinGet ? (200, """{"desired":{"$version":1},"reported":{"$version":1}}""") : (_reportAnswers.TryDequeue(out var answer) ? answer : 204, "");
        await device.PublishAsync(HubTopic.TwinResponse(status, asked.RequestId), Encoding.UTF8.GetBytes(body));
    }
}
