using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeVision.Hub.Tests;

/// <summary>The numbers that are promised: flash wear, speed, a day offline.</summary>
[Collection(nameof(RunsAlone))]
public sealed class OutboxFiguresTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_TenEventsASecondOffline_BytesWrittenAreAtMostThreeTimesTheMessages()
    {
        // four minutes, compressed: ten events in one window of 20 ms instead of a second
        using var fixture = new OutboxFixture(options => options with { EventWindow = TimeSpan.FromMilliseconds(20) });
        var before = fixture.Outbox.Figures.BytesWritten;
        var disk = DiskWrites();
        var bytes = 0L;
        for (var second = 0; second < 240; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                var message = Event(second * 10 + i);
                bytes += message.Body.Length;
                fixture.Outbox.Add(message);
            }

            fixture.WaitUntilWritten((second + 1) * 10);
        }

        var page = DiskWrites() - disk;
        var ratio = (double)(fixture.Outbox.Figures.BytesWritten - before) / bytes;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes / 2400} bytes each: written {ratio:0.00} times by write(2), {page / (double)bytes:0.00} times as whole pages"));
        Assert.InRange(ratio, 0.01, 3);
        fixture.Close();
        var size = fixture.FileBytes;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size / 2400.0:0} bytes of the disk each: 64 MiB hold {(64 << 20) / (size / 2400.0) / 36000:0} hours"));
    }

    [Fact]
    public void Add_AsFastAsItGoes_AtLeast20000MessagesASecondAreOnTheDisk()
    {
        using var fixture = new OutboxFixture(options => options with { DiskBytes = 1 << 30, MemoryBytes = 1 << 30 });
        var messages = Enumerable.Range(0, 100_000).Select(Event).ToArray();
        fixture.Add(0, 1);
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        Array.ForEach(messages, fixture.Outbox.Add);
        var added = watch.Elapsed;
        fixture.Close();

        var rate = messages.Length / watch.Elapsed.TotalSeconds;
        // what one processor does: the clock on the wall also counts what else this machine is doing
        var perProcessor = messages.Length / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:0} messages/s on the disk, {perProcessor:0} in a second of one processor, {messages.Length / added.TotalSeconds:0}/s accepted"));
        Assert.Equal(100_001, OutboxReport.Read(fixture.Path).Waiting);
        Assert.InRange(perProcessor, 20_000, double.MaxValue);
        Assert.InRange(rate, 4_000, double.MaxValue);
    }

    [Fact]
    public void Drain_AfterADayOfflineAtTenEventsASecond_EverythingArrivesOnceAndInOrder()
    {
        var count = Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") is { Length: > 0 } ? 864_000 : 216_000;
        using var fixture = new OutboxFixture(options => options with { DiskBytes = 1 << 30, MemoryBytes = 64 << 20, BacklogPerSecond = int.MaxValue });
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            fixture.Outbox.Add(Event(i));
            while (i % 1000 == 0 && fixture.Outbox.Figures.MemoryBytes > 32 << 20)
            {
                Thread.Sleep(5); // the day is compressed, the disk is not
            }
        }

        fixture.Close();
        var (appended, size) = (watch.Elapsed, fixture.FileBytes);
        var (first, live) = LiveBehindTheBacklog(fixture);
        var begun = new List<long>(count);
        using var link = new Link(fixture.Pump, async (message, broken) =>
        {
            begun.Add(message.Sequence);
            if (message.Sequence % 50_000 == 0)
            {
                await Task.Delay(20, broken);
            }
        });
        Eventually.True(() => fixture.Outbox.Figures.Waiting == 0, TimeSpan.FromSeconds(120), () => fixture.Outbox.Figures.ToString());

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} messages: {appended.TotalSeconds:0.0} s to write, {size >> 20} MiB, {(watch.Elapsed - appended).TotalSeconds:0.0} s to drain; a live event behind it waited {live:0.00} s"));
        Assert.Equal(begun.Order(), begun);
        var taken = first.Concat(link.Taken).DistinctBy(message => message.Id).ToList();
        Assert.Equal(Enumerable.Range(0, count), taken.Where(message => message.Type == "event").Select(message => (int)message.Sequence - 1).Order());
        Assert.Equal(count + first.Count(message => !message.Replay), taken.Count);
        Assert.Equal(0, fixture.Outbox.Figures.Dropped);
        Eventually.True(() => fixture.FileBytes < 1 << 20, TimeSpan.FromSeconds(20), () => $"{fixture.FileBytes} bytes");
    }

    /// <summary>At the default rate, so that the backlog is hardly begun. What the cloud did not take waits for the next link.</summary>
    private static (IReadOnlyList<TelemetryMessage> Taken, double WorstSeconds) LiveBehindTheBacklog(OutboxFixture fixture)
    {
        var pump = new TelemetryPump(fixture.Outbox, fixture.Options with { BacklogPerSecond = 200 }, TimeProvider.System);
        using var link = new Link(pump, async (_, broken) => await Task.Delay(200, broken));
        link.WaitFor(50);
        var worst = 0.0;
        for (var i = 0; i < 10; i++)
        {
            var watch = Stopwatch.StartNew();
            fixture.Outbox.Add(OutboxFixture.Message(i));
            Eventually.True(() => link.Taken.Any(message => message.Id == $"boot-{i}"), TimeSpan.FromSeconds(5));
            worst = Math.Max(worst, watch.Elapsed.TotalSeconds);
        }

        Assert.InRange(link.Count, 50, 10_000);
        return (link.Taken, worst);
    }

    /// <summary>As the daemon writes them.</summary>
    private static TelemetryMessage Event(int number)
    {
        var made = Noon.AddMilliseconds(number * 100);
        var body = string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"event","device":"street-cam-1","bootId":"6f0c1d2e3f405162738495a6b7c8d9ea","sequence":{{number}},"time":"{{made:o}}","clock":"synced","uptime":{{number * 0.1037:0.000}},"model":{"name":"yolox-nano","version":"1.0.0","digest":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},"configHash":"sha256:0123456789abcdef","event":"line.crossed","camera":"north","reason":"car","detail":"track {{number * 31L % 977}} at {{number * 17L % 640}},{{number * 13L % 352}}, confidence 0.{{number * 7919L % 1000:000}}"}
            """);
        return new TelemetryMessage($"6f0c1d2e3f405162738495a6b7c8d9ea-{number}", "event", TelemetryPriority.Event, made, Encoding.UTF8.GetBytes(body));
    }

    private static long DiskWrites() => long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
