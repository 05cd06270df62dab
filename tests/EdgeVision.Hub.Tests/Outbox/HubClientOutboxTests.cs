using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>Client and outbox together, against the published hub over real TLS.</summary>
public sealed class HubClientOutboxTests : IDisposable
{
    private const string DeviceId = "cam-1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;
    private readonly HubOptions _options;

    public HubClientOutboxTests()
    {
        _hub = new SiteHub(_folder.File("hub"));
        var (connectionString, ca) = _hub.Enrol(DeviceId);
        _options = new HubOptions
        {
            ConnectionString = HubConnectionString.Parse(File.ReadAllText(connectionString)), CaFile = ca,
            Outbox = new OutboxOptions { Path = _folder.File("outbox.db"), BacklogPerSecond = 100_000 },
        };
    }

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_BacklogOfARestartWhileOffline_ArrivesInOrderWithReplayAndSequence()
    {
        _hub.Kill();
        using (var offline = Client())
        {
            Enumerable.Range(0, 2000).ToList().ForEach(number => offline.Send(Message(number)));
        }

        _hub.StartAgain();
        using (var online = Client())
        {
            using var running = new Running(online);
            Eventually.True(() => online.Status is { State: HubState.Connected, Waiting: 0 }, Soon, () => online.Status.ToString());
            online.Send(Message(2000));
            Eventually.True(() => online.Status.Sent == 2001, Soon, () => online.Status.ToString());
        }

        var received = Received(2001);
        // 32 were on their way at once, and the hub took them in the order in which they were made
        Assert.Equal(Enumerable.Range(0, 2001), received.Select(message => message.GetProperty("body").GetProperty("n").GetInt32()));
        Assert.Equal(Enumerable.Range(1, 2001).Select(number => $"{number}"), received.Select(message => Property(message, "seq")));
        Assert.All(received.Take(2000), message => Assert.Equal("true", Property(message, "replay")));
        Assert.Null(Property(received[2000], "replay"));
    }

    [Fact]
    public void Run_HubKilledOverAndOverUnderTraffic_EverythingArrivesAndTwiceOnlyWithTheSameId()
    {
        using var client = Client();
        using (var running = new Running(client))
        {
            for (var round = 0; round < 3; round++)
            {
                Eventually.True(() => client.Status.State == HubState.Connected, Soon, () => client.Status.ToString());
                for (var i = 0; i < 300; i++)
                {
                    client.Send(Message(round * 300 + i));
                    if (i == 150)
                    {
                        _hub.Kill();
                    }
                }

                _hub.StartAgain();
            }

            Eventually.True(() => client.Status.Waiting == 0, Soon, () => client.Status.ToString());
        }

        var received = Received(900).Select(message => message.GetProperty("body").GetProperty("n").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, 900), received.Distinct().Order());
    }

    private static string? Property(JsonElement message, string name) => message.GetProperty("properties").TryGetProperty(name, out var value) ? value.GetString() : null;

    private static TelemetryMessage Message(int number) =>
        new($"test-{number}", "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes($$"""{"n":{{number}}}"""));

    private HubClient Client() => new(_options, TimeProvider.System, NullLogger<HubClient>.Instance);

    private IReadOnlyList<JsonElement> Received(int count)
    {
        IReadOnlyList<JsonElement> messages = [];
        Eventually.True(() => (messages = _hub.Telemetry(DeviceId)).Count >= count, Soon, () => $"{messages.Count} messages");
        return messages;
    }

    private sealed class Running : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Running(HubClient client) => _running = client.RunAsync(_stop.Token);

        public void Dispose()
        {
            _stop.Cancel();
            Assert.True(_running.Wait(TimeSpan.FromSeconds(10)));
            _stop.Dispose();
        }
    }
}
