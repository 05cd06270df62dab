using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Hub.Tests;

/// <summary>A box that starts in 1970: what it saw gets its right time when the clock is right, and nothing else changes.</summary>
public sealed class RestampTests : IDisposable
{
    private const string Body = """{"type":"event","time":"1970-01-01T00:00:40+00:00","clock":"unsynced","uptime":1.50,"x":"\u00e9"}""";
    private static readonly DateTimeOffset Boot = DateTimeOffset.UnixEpoch, Noon = new(2026, 11, 24, 12, 10, 0, TimeSpan.Zero);
    private readonly TemporaryDirectory _folder = new();
    private readonly Clock _wall = new() { Now = Boot.AddSeconds(40) };
    private long _kernel = 40_000;
    private bool _synced;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outgoing_MadeAt1970AndSentWhenTheClockIsRight_SaysWhenItWasReallyMade()
    {
        using (var before = Open(boot: 1))
        {
            before.Add(Message("unsynced"));
        }

        // ten minutes later, over a restart of the daemon, the time server is reached
        (_kernel, _wall.Now, _synced) = (640_000, Noon, true);
        using var outbox = Open(boot: 1);
        outbox.Add(Message("synced"));
        var sent = outbox.Outgoing(outbox.TakeBacklog()!);

        Assert.Equal(Noon.AddMinutes(-10), sent.Created);
        Assert.Equal("""{"type":"event","time":"2026-11-24T12:00:00+00:00","clock":"synced","uptime":1.50,"x":"\u00e9","restamped":true}""", Encoding.UTF8.GetString(sent.Body), ignoreCase: true);
        Assert.Contains("%24.ctime=2026-11-24T12%3A00%3A00.0000000Z", sent.Properties(), StringComparison.Ordinal);
        Assert.Equal(Body, Encoding.UTF8.GetString(outbox.Outgoing(outbox.TakeBacklog()!).Body));
    }

    [Fact]
    public void Outgoing_OfAnEarlierStartOfTheMachine_StaysUnsynced()
    {
        using (var before = Open(boot: 1))
        {
            before.Add(Message("unsynced"));
        }

        (_kernel, _wall.Now, _synced) = (30_000, Noon, true);
        using var outbox = Open(boot: 2);

        Assert.Equal(Body, Encoding.UTF8.GetString(outbox.Outgoing(outbox.TakeBacklog()!).Body));
    }

    [Fact]
    public void Outgoing_ClockStillWrong_StaysAsItIs()
    {
        using var outbox = Open(boot: 1);
        outbox.Add(Message("unsynced"));

        Assert.Equal(Body, Encoding.UTF8.GetString(outbox.Outgoing(outbox.TakeBacklog()!).Body));
    }

    [Theory]
    [InlineData(+3600)]
    [InlineData(-3600)]
    public void Take_ClockSteps_NothingExpiresAndOrderIsKept(int step)
    {
        _synced = true;
        _wall.Now = Noon;
        using var outbox = Open(boot: 1);
        outbox.Add(Message("synced") with { Id = "a", TimeToLive = TimeSpan.FromMinutes(30) });
        _wall.Now += TimeSpan.FromSeconds(step);
        outbox.Add(Message("stepped") with { Id = "b", TimeToLive = TimeSpan.FromMinutes(30) });

        Assert.Equal(["a", "b"], [outbox.TakeBacklog()!.Message.Id, outbox.TakeBacklog()!.Message.Id]);
        Assert.Equal(0, outbox.Figures.Dropped);
    }

    [Fact]
    public void Take_MadeAt1970_ExpiresByTheKernelsClockOnly()
    {
        using var outbox = Open(boot: 1);
        outbox.Add(Message("unsynced") with { TimeToLive = TimeSpan.FromHours(1) });
        (_wall.Now, _synced) = (Noon, true);
        _kernel += 3_500_000;
        outbox.Add(Message("synced") with { Id = "later" });
        Assert.Equal("a", outbox.TakeBacklog()!.Message.Id);

        outbox.Begin();
        outbox.End();
        _kernel += 200_000;
        Assert.Equal("later", outbox.TakeBacklog()!.Message.Id);
    }

    private static TelemetryMessage Message(string clock) =>
        new("a", "event", TelemetryPriority.Event, Boot.AddSeconds(40), Encoding.UTF8.GetBytes(Body)) { Clock = clock };

    private TelemetryOutbox Open(long boot) => new(
        new OutboxOptions { Path = _folder.File("outbox.db"), ClockIsSynced = () => _synced }, _wall, NullLogger.Instance, new KernelClock(boot, () => _kernel));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
