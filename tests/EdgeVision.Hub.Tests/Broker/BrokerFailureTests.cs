using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>What goes wrong between a device and its broker is told apart, in words an operator can act on.</summary>
public sealed class BrokerFailureTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private BrokerClient? _client;

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_running.Wait(TimeSpan.FromSeconds(5)));
        _client?.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("wrong password", HubFailure.Unauthorized, "broker.password_file")]
    [InlineData("wrong password, 3.1.1", HubFailure.Unauthorized, "broker.password_file")]
    [InlineData("other CA", HubFailure.Certificate, "broker.ca_file")]
    [InlineData("another name", HubFailure.Certificate, "made out to this host name")]
    [InlineData("TLS to a plain port", HubFailure.NotTls, "1883 is plain")]
    [InlineData("plain to a TLS port", HubFailure.Closed, "does this port want TLS?")]
    [InlineData("nobody there", HubFailure.Unreachable, "nothing answers there")]
    [InlineData("no such name", HubFailure.NameNotFound, "does not resolve")]
    [InlineData("not allowed to write", HubFailure.Unauthorized, "not allowed to write to edgevision/cam-1/status")]
    public void Run_SomethingIsWrong_SaysWhatAndWhatToDo(string what, HubFailure expected, string advice)
    {
        var rules = _folder.File("acl");
        File.WriteAllText(rules, $"user {Mosquitto.User}\ntopic read #\n");
        using var broker = new Mosquitto(_folder.File("broker"), tls: what != "TLS to a plain port", what == "not allowed to write" ? [$"acl_file {rules}"] : []);
        using var elsewhere = new TcpGate(broker.Port, IPAddress.Parse("127.0.0.2"));
        using var other = new PemAuthority(_folder.File("other"));
        var secret = _folder.File("wrong");
        File.WriteAllText(secret, "hunter2");
        var options = BrokerAccess.To(broker) with { Tls = true };
        options = what switch
        {
            "wrong password" => options with { PasswordFile = secret },
            "wrong password, 3.1.1" => options with { PasswordFile = secret, Protocol = BrokerProtocol.V311 },
            "other CA" => options with { CaFile = other.File },
            "another name" => options with { Host = "127.0.0.2", Port = elsewhere.Port },
            "plain to a TLS port" => options with { Tls = false },
            "nobody there" => options with { Port = 9 },
            "no such name" => options with { Host = "broker.invalid" },
            _ => options,
        };
        var client = Start(options);

        Eventually.True(() => client.Status.Failure == expected, Soon, () => client.Status + broker.Log);
        Assert.Contains(advice, client.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", client.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BrokerAsksForACertificate_TheDevicesIsShown()
    {
        using var broker = new Mosquitto(_folder.File("broker"), tls: true, "require_certificate true", "use_identity_as_username true");
        var (certificate, key) = broker.Issue("cam-1");
        var client = Start(BrokerAccess.To(broker) with { User = null, PasswordFile = null, CertificateFile = certificate, KeyFile = key });

        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status + broker.Log);
        Assert.Contains("u'cam-1'", broker.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("certificate")]
    [InlineData("password")]
    public void New_FileMissing_IsNamed(string which)
    {
        var missing = _folder.File("missing.pem");
        var options = new BrokerOptions { Host = "localhost", Topics = new BrokerTopics { Device = "cam-1" } };
        options = which switch
        {
            "ca" => options with { CaFile = missing },
            "certificate" => options with { CertificateFile = missing, KeyFile = missing },
            _ => options with { User = "edge", PasswordFile = missing },
        };

        var refused = Assert.Throws<HubException>(() => new BrokerClient(options, TimeProvider.System, NullLogger<BrokerClient>.Instance));

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WayIsCutWithoutAGoodbye_TheLastWillSaysOffline()
    {
        using var broker = new Mosquitto(_folder.File("broker"));
        using var gate = new TcpGate(broker.Port);
        using var heard = broker.Listen("edgevision/cam-1/status");
        var client = Start(BrokerAccess.To(broker) with { Port = gate.Port });
        heard.WaitForLast("edgevision/cam-1/status", "online");

        gate.Cut();

        Assert.Equal(["online", "offline", "online"], heard.WaitFor("edgevision/cam-1/status", 3));
        Assert.Equal(2, client.Status.Connects);
    }

    [Fact]
    public void Run_BrokerKnowsOnly311_IsSpokenToInIt()
    {
        using var old = new OldBroker();
        var client = Start(new BrokerOptions { Host = "localhost", Port = old.Port, Tls = false, Topics = new BrokerTopics { Device = "cam-1" } });

        client.Send(new TelemetryMessage("1", "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, "{}"u8.ToArray()));

        Eventually.True(() => client.Status is { State: HubState.Connected, Sent: 1 }, Soon, () => client.Status.ToString());
        Assert.Equal([5, 4], old.Levels);
        Assert.Equal((1L, HubFailure.None), (client.Status.Connects, client.Status.Failure));
    }

    [Fact]
    public void Send_MoreThanTheBrokerTakes_IsGivenUpAndTheNextGoesThrough()
    {
        using var broker = new Mosquitto(_folder.File("broker"), tls: true, "max_packet_size 4000");
        using var heard = broker.Listen("edgevision/cam-1/telemetry/#");
        var client = Start(BrokerAccess.To(broker));
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());

        client.Send(new TelemetryMessage("1", "large", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($"\"{new string('x', 5000)}\"")));
        client.Send(new TelemetryMessage("2", "small", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, "{}"u8.ToArray()));

        heard.WaitFor("edgevision/cam-1/telemetry/small", 1);
        Assert.Empty(heard.On("edgevision/cam-1/telemetry/large"));
        Assert.Equal(1, client.Status.Connects);
    }

    [Fact]
    public void Run_AnotherClientWithTheSameId_IsSuspected()
    {
        using var broker = new Mosquitto(_folder.File("broker"));
        var client = Start(BrokerAccess.To(broker));
        Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());

        using var twin = broker.Listen("#", "mqttv5", "-i", "cam-1");

        Eventually.True(() => client.Status.Detail.Contains("another client may have the client id 'cam-1'", StringComparison.Ordinal), Soon, () => client.Status.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Send_BrokerAllowsFewOnTheirWay_AllArriveInOrderOverOneConnection(int receiveMaximum)
    {
        using var broker = new Mosquitto(_folder.File("broker"), tls: true, $"max_inflight_messages {receiveMaximum}");
        using var heard = broker.Listen("edgevision/cam-1/telemetry/test");
        var client = Start(BrokerAccess.To(broker));

        for (var i = 0; i < 100; i++)
        {
            client.Send(new TelemetryMessage($"{i}", "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($"{i}")));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), heard.WaitFor("edgevision/cam-1/telemetry/test", 100));
        Assert.Equal(1, client.Status.Connects);
    }

    private BrokerClient Start(BrokerOptions options)
    {
        _client = new BrokerClient(options, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        _running = _client.RunAsync(_stop.Token);
        return _client;
    }
}
