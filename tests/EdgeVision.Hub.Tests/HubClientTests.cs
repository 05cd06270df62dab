using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>The client against the published hub over real TLS, and against what happens on the way to it.</summary>
public sealed class HubClientTests : IDisposable
{
    private const string DeviceId = "cam-1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SiteHub _hub;
    private readonly EnrolledDevice _enrolled;
    private Task _running = Task.CompletedTask;

    public HubClientTests()
    {
        _hub = new SiteHub(_folder.File("hub"));
        _enrolled = _hub.Enrol(DeviceId);
    }

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)));
        _hub.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Send_Message_ArrivesWithItsProperties()
    {
        var client = Start();

        client.Send(Message(0));

        var received = Received(1)[0];
        Assert.Equal(0, received.GetProperty("body").GetProperty("n").GetInt32());
        Assert.Equal("test", received.GetProperty("properties").GetProperty("type").GetString());
        Assert.Equal((HubState.Connected, 1L, 0), (client.Status.State, client.Status.Sent, client.Status.Waiting));
    }

    [Fact]
    public void Send_HubKilledInTheMiddle_EverythingArrivesInOrder()
    {
        var client = Start();
        for (var i = 0; i < 20; i++)
        {
            client.Send(Message(i));
        }

        _hub.Kill();
        for (var i = 20; i < 40; i++)
        {
            client.Send(Message(i));
        }

        Eventually.True(() => client.Status.State == HubState.Waiting, Soon, () => client.Status.ToString());
        _hub.StartAgain();

        Eventually.True(() => client.Status.Waiting == 0, Soon, () => client.Status.ToString());
        // at least once: a message whose acknowledgement was lost came twice, with the same id
        var numbers = Received(40).Select(message => message.GetProperty("body").GetProperty("n").GetInt32()).Distinct();
        Assert.Equal(Enumerable.Range(0, 40), numbers);
    }

    [Fact]
    public void Send_OverWebSocket_ArrivesToo()
    {
        var client = Start(transport: HubTransport.WebSocket);

        client.Send(Message(0));

        Assert.Equal(0, Received(1)[0].GetProperty("body").GetProperty("n").GetInt32());
        Assert.Equal((HubState.Connected, HubTransport.WebSocket), (client.Status.State, client.Status.Transport));
    }

    [Fact]
    public void Run_TwoDevicesWithOneIdentity_BothAreTold()
    {
        var client = Start();
        using var other = new RunningClient(Options());

        // each throws the other out three times, with waits that grow between
        Eventually.True(() => client.Status.Failure == HubFailure.DuplicateIdentity || other.Status.Failure == HubFailure.DuplicateIdentity, TimeSpan.FromSeconds(60), () => client.Status.ToString());
        var told = client.Status.Failure == HubFailure.DuplicateIdentity ? client.Status : other.Status;
        Assert.Contains("give each its own", told.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HubTransport.Mqtt)]
    [InlineData(HubTransport.WebSocket)]
    public void Run_HubTurnsIntoABlackHole_IsNoticedAndLeft(HubTransport transport)
    {
        using var gate = new TcpGate(transport == HubTransport.Mqtt ? _hub.MqttPort : _hub.HttpsPort);
        var client = Start(gate.Port, keepAlive: 5, transport: transport);
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());
        var since = TimeProvider.System.GetTimestamp();

        gate.Swallows = true;
        using var feeding = new Timer(_ => client.Send(Message(1)), null, 0, 500);
        Eventually.True(() => client.Status.State != HubState.Connected, Soon, () => client.Status.ToString());

        // 1.5 times the keep-alive of 5 s, and a second to look
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 5, 10);
        Assert.True(client.Status.Failure == HubFailure.TimedOut, client.Status.ToString());
        gate.Swallows = false;
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());
    }

    [Theory]
    [InlineData(HubTransport.Mqtt)]
    [InlineData(HubTransport.WebSocket)]
    public void Run_TokenRenewedOverAndOverUnderLoad_NothingIsLostAndItIsNoFailure(HubTransport transport)
    {
        const int Expiries = 3;
        using var gate = new TcpGate(transport == HubTransport.Mqtt ? _hub.MqttPort : _hub.HttpsPort);
        var client = Start(gate.Port, tokenMinutes: 0.05, transport: transport);
        var count = 0;
        for (; gate.Accepted <= Expiries && count < 10_000; count++)
        {
            client.Send(Message(count));
            Thread.Sleep(10);
        }

        Eventually.True(() => client.Status.Waiting == 0, Soon, () => client.Status.ToString());
        // what waited over a cut goes behind what happens now; but each is there, and once
        Assert.Equal(Enumerable.Range(0, count), Received(count).Select(message => message.GetProperty("body").GetProperty("n").GetInt32()).Order());
        Assert.Equal((1L, HubFailure.None, true), (client.Status.Connects, client.Status.Failure, gate.Accepted > Expiries));
    }

    [Fact]
    public void Report_BeforeAndAfterACut_TheHubKnowsTheLast()
    {
        var client = new HubClient(Options(), TimeProvider.System, NullLogger<HubClient>.Instance);
        client.Report("state", JsonNode.Parse("""{"a":1,"b":2}""")!);
        _running = client.RunAsync(_stop.Token);
        Eventually.True(() => Reported("state") == """{"a":1,"b":2}""", Soon, () => client.Status.ToString());

        _hub.Kill();
        client.Report("state", JsonNode.Parse("""{"a":1,"c":3}""")!);
        _hub.StartAgain();

        Eventually.True(() => Reported("state") == """{"a":1,"c":3}""", Soon, () => Reported("state") + client.Status);
    }

    [Fact]
    public void DesiredChanged_PatchWhileConnectedAndWhileAway_BothAreSeen()
    {
        var seen = new List<string>();
        var client = new HubClient(Options(), TimeProvider.System, NullLogger<HubClient>.Instance)
        {
            DesiredChanged = desired =>
            {
                lock (seen)
                {
                    seen.Add(desired["x"]?.ToJsonString() ?? "");
                }
            },
        };
        bool Saw(string value)
        {
            lock (seen)
            {
                return seen.Contains(value);
            }
        }

        _running = client.RunAsync(_stop.Token);
        Eventually.True(() => Saw(""), Soon);
        _hub.Command("twin", "patch", DeviceId, """{"x":1}""");
        Eventually.True(() => Saw("1"), Soon);
        _hub.Kill();
        _hub.Command("twin", "patch", DeviceId, """{"x":2}""");
        _hub.StartAgain();
        Eventually.True(() => Saw("2"), Soon);
    }

    [Fact]
    public void OnMethod_KnownUnknownAndFailing_AreAllAnswered()
    {
        var client = Start();
        client.OnMethod("echo", (payload, _) => Task.FromResult(new MethodResult(200, payload?.DeepClone())));
        client.OnMethod("fail", (_, _) => throw new InvalidOperationException("broken"));
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());

        Assert.Equal("""{"status":200,"payload":{"a":[1]}}""", Invoke("echo", """{"a":[1]}"""));
        Assert.Contains("\"status\":501", Invoke("nothing", "{}"), StringComparison.Ordinal);
        Assert.Contains("broken", Invoke("fail", "{}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device disable", HubFailure.Unauthorized, "refused this device")]
    [InlineData("other CA", HubFailure.Certificate, "hub.ca_file")]
    [InlineData("nobody there", HubFailure.Unreachable, "nothing answers there")]
    [InlineData("no such name", HubFailure.NameNotFound, "does not resolve")]
    public void Run_SomethingIsWrong_SaysWhatAndWhatToDo(string what, HubFailure expected, string advice)
    {
        var options = Options();
        switch (what)
        {
            case "device disable":
                _hub.Command("device", "disable", DeviceId, "--json");
                break;
            case "other CA":
                using (var other = new SiteHub(_folder.File("other")))
                {
                    options = options with { CaFile = other.Enrol("any").CaFile };
                }

                break;
            default:
                options = options with { ConnectionString = HubConnectionString.Parse($"HostName={(what == "no such name" ? "hub.invalid" : "localhost:9")};DeviceId=cam-1;SharedAccessKey=a2V5") };
                break;
        }

        var client = new HubClient(options, TimeProvider.System, NullLogger<HubClient>.Instance);
        _running = client.RunAsync(_stop.Token);

        Eventually.True(() => client.Status.Failure == expected, Soon, () => client.Status.ToString());
        Assert.Contains(advice, client.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(options.ConnectionString!.SharedAccessKey, client.Status.Detail, StringComparison.Ordinal);
    }

    private HubClient Start(int? port = null, double keepAlive = 60, double tokenMinutes = 60, HubTransport transport = HubTransport.Mqtt)
    {
        var client = new HubClient(Options(port, transport) with { KeepAliveSeconds = keepAlive, TokenMinutes = tokenMinutes }, TimeProvider.System, NullLogger<HubClient>.Instance);
        _running = client.RunAsync(_stop.Token);
        return client;
    }

    /// <param name="port">Goes there in place of the hub's.</param>
    private HubOptions Options(int? port = null, HubTransport transport = HubTransport.Mqtt)
    {
        var (from, to) = transport == HubTransport.Mqtt ? ($":{_hub.MqttPort};", $":{port};") : ($"HttpsPort={_hub.HttpsPort}", $"HttpsPort={port}");
        var text = File.ReadAllText(_enrolled.ConnectionStringFile);
        return new HubOptions { ConnectionString = HubConnectionString.Parse(port is null ? text : text.Replace(from, to, StringComparison.Ordinal)), CaFile = _enrolled.CaFile, Transport = transport };
    }

    private IReadOnlyList<JsonElement> Received(int count)
    {
        IReadOnlyList<JsonElement> messages = [];
        Eventually.True(() => (messages = _hub.Telemetry(DeviceId)).Count >= count, Soon, () => $"{messages.Count} messages");
        return messages;
    }

    private string Reported(string key) => _hub.Reported(DeviceId).TryGetProperty(key, out var value) ? value.GetRawText() : "";

    private string Invoke(string method, string payload) => _hub.Command("invoke", DeviceId, method, payload).RootElement.GetRawText().Trim();

    private static TelemetryMessage Message(int number) =>
        new($"test-{number}", "test", TelemetryPriority.Interval, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($$"""{"n":{{number}}}"""));
}
