namespace EdgeVision.Hub.Tests;

/// <summary>The file: what is in it after a restart, how large it gets, what it costs.</summary>
public sealed class TelemetryOutboxTests
{
    [Fact]
    public void Open_AfterARestartWhileOffline_EverythingIsThereInOrderWithItsNumbers()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 50);
        fixture.Add(50, 50, TelemetryPriority.Interval);
        fixture.Close();
        fixture.Add(100, 20);

        using var link = new Link(fixture.Pump);
        link.WaitFor(120);

        Assert.Equal(Enumerable.Range(0, 120), link.Numbers);
        // gap-free over a proper restart
        Assert.Equal(Enumerable.Range(1, 120).Select(number => (long)number), link.Taken.Select(message => message.Sequence));
        var (sent, made) = (link.Taken[60], OutboxFixture.Message(60, TelemetryPriority.Interval));
        Assert.Equal((made.Id, made.Type, made.Priority, made.Created), (sent.Id, sent.Type, sent.Priority, sent.Created));
        Assert.Equal(made.Body, sent.Body);
    }

    [Fact]
    public void Add_LinkIsUp_NothingTouchesTheDisk()
    {
        using var fixture = new OutboxFixture();
        using var link = new Link(fixture.Pump);
        var before = fixture.Outbox.Figures.BytesWritten;

        // 10 events/s for three seconds: three flush windows
        for (var i = 0; i < 30; i++)
        {
            fixture.Add(i, 1);
            Thread.Sleep(100);
        }

        link.WaitFor(30);
        Assert.Equal((before, 0), (fixture.Outbox.Figures.BytesWritten, fixture.Outbox.Figures.Waiting));
        Assert.All(link.Taken, message => Assert.False(message.Replay));
    }

    [Fact]
    public void Add_OfflineLongerThanTheWindow_IsOnTheDisk()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 3);
        fixture.Add(3, 1, TelemetryPriority.Interval);

        fixture.WaitUntilWritten(4);

        var report = OutboxReport.Read(fixture.Path);
        Assert.Equal([(TelemetryPriority.Interval, 1L), (TelemetryPriority.Event, 3L)], report.Priorities.Select(share => (share.Priority, share.Messages)));
        Assert.Equal(DateTimeOffset.UnixEpoch, report.Oldest);
        Assert.All(["", "-wal"], part => Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(fixture.Path + part) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), part));
    }

    [Fact]
    public void Add_OverTheCap_LowestPriorityOldestGoesFirstAndOneReceiptSaysSo()
    {
        using var fixture = new OutboxFixture(options => options with { DiskBytes = 1 << 20, BacklogPerSecond = 100_000, EventWindow = TimeSpan.FromMilliseconds(20), IntervalWindow = TimeSpan.FromMilliseconds(20) });
        fixture.Listen();
        var most = 0L;
        for (var i = 0; i < 100; i++)
        {
            // 100 times 10 events and 10 intervals of about 1 KB each: twice the cap, after compression the cap again
            fixture.Add(i * 20, 10, TelemetryPriority.Event, padding: 1000);
            fixture.Add(i * 20 + 10, 10, TelemetryPriority.Interval, padding: 1000);
            Thread.Sleep(25);
            most = Math.Max(most, fixture.FileBytes);
        }

        fixture.Close();
        // the cap, and one batch of a sixteenth of it
        Assert.InRange(most, 512 << 10, (1 << 20) + (64 << 10));
        fixture.Listen();
        Assert.Equal(2000, fixture.Outbox.Figures.Waiting + OutboxReport.Read(fixture.Path).Dropped);
        using var link = new Link(fixture.Pump);
        Eventually.True(() => fixture.Outbox.Figures.Waiting == 0 && fixture.Notices.Count > 0, TimeSpan.FromSeconds(20), () => fixture.Outbox.Figures.ToString());

        var receipt = Assert.Single(fixture.Notices).Receipt!;
        Assert.Equal((DropCause.Disk, TelemetryPriority.Interval, 11L), (receipt.Cause, receipt.Priority, receipt.First));
        var events = link.Numbers.Where(number => number % 20 < 10);
        var intervals = link.Numbers.Where(number => number % 20 >= 10).ToList();
        Assert.Equal(Enumerable.Range(0, 2000).Where(number => number % 20 < 10), events);
        Assert.Equal(1000 - receipt.Count, intervals.Count);
        Assert.Equal(1999, intervals[^1]);
        Assert.Equal(Enumerable.Range(0, 2000).Where(number => number % 20 >= 10).Skip((int)receipt.Count), intervals);
        Assert.Contains($$"""{"count":{{receipt.Count}}}""", link.Taken.Where(message => message.Receipt > 0).Select(message => System.Text.Encoding.UTF8.GetString(message.Body)));
        fixture.Close();
        Assert.InRange(fixture.FileBytes, 0, 64 << 10);
    }

    [Fact]
    public void TakeBacklog_ExpiredMessages_AreNotSentAndAreSaid()
    {
        using var fixture = new OutboxFixture(options => options with { EventWindow = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 5; i++)
        {
            fixture.Outbox.Add(OutboxFixture.Message(i) with { TimeToLive = TimeSpan.FromMilliseconds(200) });
        }

        fixture.WaitUntilWritten(5);
        Thread.Sleep(250);
        fixture.Add(5, 1);
        fixture.Listen();
        using var link = new Link(fixture.Pump);

        Eventually.True(() => fixture.Outbox.Figures is { Waiting: 0, Dropped: 5 }, TimeSpan.FromSeconds(5), () => fixture.Outbox.Figures.ToString());
        Assert.Equal([5], link.Numbers);
    }

    [Fact]
    public void Add_OverTheCapInMemory_OldestOfTheLowestPriorityMakesRoom()
    {
        // 128 bytes of each are for what is kept beside the body; 10 fit
        using var outbox = new TelemetryOutbox(new OutboxOptions { MemoryBytes = 1400 }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        for (var i = 0; i < 10; i++)
        {
            outbox.Add(OutboxFixture.Message(i, i == 0 ? TelemetryPriority.Event : TelemetryPriority.Interval));
        }

        var before = outbox.Figures;
        outbox.Add(OutboxFixture.Message(10));

        Assert.True(outbox.Figures.Dropped > before.Dropped);
        Assert.Equal(11, outbox.Figures.Waiting + outbox.Figures.Dropped);
        Assert.Equal(0, OutboxFixture.NumberOf(outbox.TakeBacklog()!.Message));
        Assert.NotEqual(1, OutboxFixture.NumberOf(outbox.TakeBacklog()!.Message));
        Assert.Equal(StorageState.Memory, outbox.Figures.State);
    }

    [Fact]
    public void Add_LargerThanAHubTakes_IsRefusedCountedAndSaid()
    {
        using var fixture = new OutboxFixture();
        fixture.Listen();
        var largest = new TelemetryMessage("boot-0", "event", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, new byte[TelemetryMessage.MostBytes - 300]);
        fixture.Outbox.Add(largest);
        fixture.Outbox.Add(largest with { Id = "boot-1", Body = new byte[TelemetryMessage.MostBytes - 20] });
        fixture.Add(2, 1);
        using var link = new Link(fixture.Pump);

        link.WaitFor(2);

        Assert.Equal([0, 2], link.Numbers);
        Assert.Equal((1L, "outbox.oversize"), (fixture.Outbox.Figures.Oversize, Assert.Single(fixture.Notices).Event));
    }
}
