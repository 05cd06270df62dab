using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>The client against a real Mosquitto over TLS with a password.</summary>
public sealed class BrokerClientTests : IDisposable
{
    private const string Root = "edgevision/cam-1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Mosquitto _broker;
    private Task _running = Task.CompletedTask;
    private BrokerClient? _client;

    public BrokerClientTests() => _broker = new Mosquitto(_folder.Path);

    public void Dispose()
    {
        Stop();
        _client?.Dispose();
        _broker.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("mqttv5")]
    [InlineData("mqttv311")]
    public void Send_Messages_ArriveInOrderWithBodyAndProperties(string listener)
    {
        using var heard = _broker.Listen(Root + "/telemetry/#", listener);
        var client = Start();

        client.Send(Message(0));
        client.Send(Message(1));

        Assert.Equal(["""{"n":0}""", """{"n":1}"""], heard.WaitFor(Root + "/telemetry/test", 2));
        Eventually.True(() => client.Status is { State: HubState.Connected, Sent: 2, Waiting: 0 }, Soon, () => client.Status.ToString());
        if (listener == "mqttv5")
        {
            var properties = heard.Messages[0].GetProperty("properties").GetRawText();
            Assert.Contains("\"content-type\":\"application/json\"", properties, StringComparison.Ordinal);
            Assert.Contains("\"messageId\":\"test-0\"", properties, StringComparison.Ordinal);
            Assert.Contains("\"type\":\"test\"", properties, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_StoppedProperly_StatusGoesFromOnlineToOfflineAndStaysForLatecomers()
    {
        using var heard = _broker.Listen(Root + "/status");
        Start();
        heard.WaitForLast(Root + "/status", "online");

        Stop();

        heard.WaitForLast(Root + "/status", "offline");
        using var late = _broker.Listen(Root + "/status");
        late.WaitForLast(Root + "/status", "offline");
        Assert.True(late.Messages[0].GetProperty("retain").GetInt32() == 1);
    }

    [Fact]
    public void Send_BrokerRestartsInTheMiddle_NothingIsLost()
    {
        using var heard = _broker.ListenForEver(Root + "/#");
        var client = Start();
        Feed(client, 0, 20);
        Eventually.True(() => client.Status.Sent > 0, Soon, () => client.Status.ToString());

        _broker.Stop();
        Feed(client, 20, 20);
        Eventually.True(() => client.Status is { State: HubState.Waiting, Failure: not HubFailure.None, Waiting: >= 20 }, Soon, () => client.Status.ToString());
        _broker.Start();

        Eventually.True(() => client.Status is { State: HubState.Connected, Waiting: 0 }, Soon, () => client.Status.ToString());
        Assert.Equal(2, client.Status.Connects);
        // at least once: one whose acknowledgement was lost came twice
        Eventually.True(() => heard.On(Root + "/telemetry/test").Distinct().SequenceEqual(Enumerable.Range(0, 40).Select(Body)), Soon, () => string.Join(' ', heard.On(Root + "/telemetry/test")));
        Assert.Equal(["online", "offline", "online"], heard.On(Root + "/status").Where((status, i) => i == 0 || heard.On(Root + "/status")[i - 1] != status));
    }

    [Fact]
    public void Send_BrokerNotThereAtStart_TheOutboxKeepsAllInOrder()
    {
        using var heard = _broker.ListenForEver(Root + "/telemetry/test");
        _broker.Stop();
        var client = Start();
        Feed(client, 0, 20);
        Eventually.True(() => client.Status is { Failure: HubFailure.Unreachable, Waiting: 20 }, Soon, () => client.Status.ToString());

        _broker.Start();

        Assert.Equal(Enumerable.Range(0, 20).Select(Body), heard.WaitFor(Root + "/telemetry/test", 20));
    }

    [Fact]
    public void Run_BrokerTurnsIntoABlackHole_IsNoticedAndLeft()
    {
        using var gate = new TcpGate(_broker.Port);
        var client = Start(Options() with { Port = gate.Port, KeepAliveSeconds = 5 });
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());

        gate.Swallows = true;
        using var feeding = new Timer(_ => client.Send(Message(1)), null, 0, 500);
        Eventually.True(() => client.Status is { State: not HubState.Connected, Failure: HubFailure.TimedOut }, Soon, () => client.Status.ToString());

        gate.Swallows = false;
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());
    }

    [Fact]
    public void Report_BeforeAndWhileConnected_TheWholeDocumentIsRetained()
    {
        var client = Client();
        client.Report("a", JsonNode.Parse("""{"x":1}""")!);
        _running = client.RunAsync(_stop.Token);
        using var heard = _broker.Listen(Root + "/state");
        heard.WaitForLast(Root + "/state", """{"a":{"x":1}}""");

        client.Report("b", 2);
        client.Report("a", JsonNode.Parse("""{"y":1}""")!);

        heard.WaitForLast(Root + "/state", """{"a":{"y":1},"b":2}""");
    }

    [Fact]
    public void OnMethod_AskedWithAResponseTopic_AnswersThereWithTheCorrelation()
    {
        var client = Start();
        client.OnMethod("echo", (payload, _) => Task.FromResult(new MethodResult(200, payload?.DeepClone())));
        Connected(client);

        var answer = _broker.Ask(Root + "/command/echo", """{"a":[1]}""", "answers/desk-1");

        Assert.Equal("""{"status":200,"payload":{"a":[1]}}""", MosquittoListener.PayloadOf(answer));
        Assert.Equal("answers/desk-1", answer.GetProperty("topic").GetString());
    }

    [Fact]
    public void OnMethod_AskedPlainlyUnknownRetainedAndInACircle_IsAnsweredOrLeft()
    {
        var client = Start();
        var calls = 0;
        client.OnMethod("count", (_, _) => Task.FromResult(new MethodResult(200, Interlocked.Increment(ref calls))));
        client.OnMethod("fail", (_, _) => throw new InvalidOperationException("broken"));
        Connected(client);
        using var heard = _broker.Listen(Root + "/command/+/response");

        _broker.Publish(Root + "/command/count", "");
        Assert.Equal(["""{"status":200,"payload":1}"""], heard.WaitFor(Root + "/command/count/response", 1));
        _broker.Publish(Root + "/command/none", "{}");
        Assert.Contains("\"status\":501", heard.WaitFor(Root + "/command/none/response", 1)[0], StringComparison.Ordinal);
        _broker.Publish(Root + "/command/fail", "{}");
        Assert.Contains("broken", heard.WaitFor(Root + "/command/fail/response", 1)[0], StringComparison.Ordinal);
        _broker.Publish(Root + "/command/count", "{\"not json");
        Assert.Contains("\"status\":400", heard.WaitFor(Root + "/command/count/response", 2)[1], StringComparison.Ordinal);

        // an answer on a command's own topic would be the next command
        _broker.Publish(Root + "/command/count", "{}", "-D", "publish", "response-topic", Root + "/command/count");
        _broker.Publish(Root + "/command/count", "{}", "-D", "publish", "response-topic", "a/#");
        _broker.Publish(Root + "/command/count", new string('x', 200_000));
        _broker.Publish(Root + "/command/count/more", "{}");
        _broker.Publish(Root + "/command/count", "{}");
        heard.WaitFor(Root + "/command/count/response", 3);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void OnMethod_RetainedCommand_IsNotCarriedOutAtConnect()
    {
        _broker.Publish(Root + "/command/count", "1", "-r");
        var calls = new List<string>();
        var client = Client();
        client.OnMethod("count", (payload, _) =>
        {
            lock (calls)
            {
                calls.Add(payload!.ToJsonString());
            }

            return Task.FromResult(new MethodResult(200, null));
        });
        using var heard = _broker.Listen(Root + "/command/+/response");
        _running = client.RunAsync(_stop.Token);
        Connected(client);

        _broker.Publish(Root + "/command/count", "2");
        heard.WaitFor(Root + "/command/count/response", 1);

        Assert.Equal(["2"], calls);
    }

    [Fact]
    public void DesiredChanged_RetainedChangedGarbageAndWithdrawn_OnlyDocumentsAreSeen()
    {
        _broker.Publish(Root + "/desired", """{"x":1,"$version":7}""", "-r");
        var seen = new List<string>();
        var client = Client();
        client.DesiredChanged = desired =>
        {
            lock (seen)
            {
                seen.Add(desired.ToJsonString());
            }
        };
        void Sees(string document) => Eventually.True(
            () =>
            {
                lock (seen)
                {
                    return seen.LastOrDefault() == document;
                }
            },
            Soon,
            () => string.Join('\n', seen));

        _running = client.RunAsync(_stop.Token);
        Sees("""{"x":1,"$version":7}""");
        foreach (var garbage in new[] { "what", "[1]", """{"x":3,"$version":"new"}""", """{"x":1,"x":2}""", $$"""{"x":"{{new string('x', 40_000)}}"}""", string.Concat(Enumerable.Repeat("{\"a\":", 5000)) })
        {
            _broker.Publish(Root + "/desired", garbage, "-r");
        }

        _broker.Publish(Root + "/desired", """{"x":2}""", "-r");
        // without a version: the first 48 bits of the sha256 of {"x":2}
        Sees("""{"x":2,"$version":103538827610639}""");
        _broker.Publish(Root + "/desired", "", "-r");
        Eventually.True(() => seen.Count == 3, Soon, () => string.Join('\n', seen));
        Assert.Equal((1L, HubFailure.None), (client.Status.Connects, client.Status.Failure));
    }

    private BrokerClient Start(BrokerOptions? options = null)
    {
        var client = Client(options);
        _running = client.RunAsync(_stop.Token);
        return client;
    }

    private BrokerClient Client(BrokerOptions? options = null) => _client = new BrokerClient(options ?? Options(), TimeProvider.System, NullLogger<BrokerClient>.Instance);

    private void Stop()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)));
    }

    private void Connected(BrokerClient client) => Eventually.True(
        () => client.Status.State == HubState.Connected && _broker.Log.Contains("edgevision/cam-1/command/+", StringComparison.Ordinal), Soon, () => client.Status.ToString());

    private BrokerOptions Options() => BrokerAccess.To(_broker);

    private static TelemetryMessage Message(int number) =>
        new($"test-{number.ToString(CultureInfo.InvariantCulture)}", "test", TelemetryPriority.Interval, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(Body(number)));

    private static string Body(int number) => $$"""{"n":{{number}}}""";

    private static void Feed(BrokerClient client, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            client.Send(Message(i));
        }
    }
}
