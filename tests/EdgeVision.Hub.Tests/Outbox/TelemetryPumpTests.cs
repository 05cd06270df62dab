using System.Collections.Concurrent;
using System.Diagnostics;

namespace EdgeVision.Hub.Tests;

/// <summary>How what waits is sent: in order, several at once, live before backlog, slower where it is not taken.</summary>
public sealed class TelemetryPumpTests
{
    [Fact]
    public void RunAsync_RoundTripOf200Ms_DrainsFarFasterThanOneByOneAndInOrder()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 10_000 });
        fixture.Add(0, 300);
        var begun = new ConcurrentQueue<int>();
        var watch = Stopwatch.StartNew();

        using var link = new Link(fixture.Pump, async (message, broken) =>
        {
            begun.Enqueue(OutboxFixture.NumberOf(message));
            await Task.Delay(200, broken);
        });
        link.WaitFor(300);

        // one by one it would be 60 s; the window of 32 makes it 2
        Assert.InRange(watch.Elapsed.TotalSeconds, 1, 15);
        Assert.Equal(Enumerable.Range(0, 300), begun);
        Assert.All(link.Taken, message => Assert.True(message.Replay));
    }

    [Fact]
    public void RunAsync_LiveMessagesDuringABacklog_AreSentAtOnceAndBothInOrder()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 100 });
        fixture.Add(0, 2000);
        fixture.Close();
        using var link = new Link(fixture.Pump);
        link.WaitFor(20);
        var worst = TimeSpan.Zero;

        for (var i = 0; i < 20; i++)
        {
            var watch = Stopwatch.StartNew();
            fixture.Add(10_000 + i, 1);
            Eventually.True(() => link.Numbers.Contains(10_000 + i), TimeSpan.FromSeconds(5));
            worst = watch.Elapsed > worst ? watch.Elapsed : worst;
        }

        Assert.InRange(worst.TotalSeconds, 0, 2);
        var taken = link.Taken;
        Assert.InRange(taken.Count, 40, 2000); // the backlog is far from drained
        Assert.Equal(Enumerable.Range(10_000, 20), taken.Where(message => !message.Replay).Select(OutboxFixture.NumberOf));
        var replayed = taken.Where(message => message.Replay).Select(OutboxFixture.NumberOf).ToList();
        Assert.Equal(Enumerable.Range(0, replayed.Count), replayed);
    }

    [Fact]
    public void RunAsync_BacklogRate_IsKept()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 50 });
        fixture.Add(0, 1000);
        var watch = Stopwatch.StartNew();
        using var link = new Link(fixture.Pump);

        link.WaitFor(100);

        // 50/s: two seconds, less the first burst of five
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.7, 10);
    }

    [Fact]
    public void RunAsync_ConnectionBreaks_WhatWasNotTakenIsSentAgainFirst()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 40);
        var pump = fixture.Pump;
        using (var first = new Link(pump, (message, _) => OutboxFixture.NumberOf(message) < 10 ? Task.CompletedTask : throw new IOException("cut")))
        {
            Assert.Throws<AggregateException>(() => first.Running.Wait(TimeSpan.FromSeconds(5)));
            Assert.Equal(Enumerable.Range(0, 10), first.Numbers);
        }

        fixture.Add(40, 5);
        using var second = new Link(pump);
        second.WaitFor(35);

        Assert.Equal(Enumerable.Range(10, 35), second.Numbers);
    }

    [Fact]
    public void RunAsync_PlannedEnd_WaitsForWhatIsOnItsWay()
    {
        using var fixture = new OutboxFixture();
        fixture.Add(0, 5);
        using var link = new Link(fixture.Pump, async (_, broken) => await Task.Delay(300, broken));
        Thread.Sleep(150);

        link.End();

        var taken = link.Count;
        Assert.InRange(taken, 1, 5);
        Assert.Equal(5 - taken, fixture.Outbox.Figures.Waiting);
    }

    [Fact]
    public void RunAsync_RefusedOverAndOver_SlowsDownAndLosesNothing()
    {
        using var fixture = new OutboxFixture(options => options with { BacklogPerSecond = 200 });
        fixture.Add(0, 100);
        var pump = fixture.Pump;
        var tries = 0;
        // the client waits between two connections; here none is, so that only the pump's own slowing down counts
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(3))
        {
            using var refused = new Link(pump, (_, _) =>
            {
                tries++;
                throw new HubException("quota");
            });
            Assert.ThrowsAny<AggregateException>(() => refused.Running.Wait(TimeSpan.FromSeconds(5)));
        }

        // 200/s would be 600
        Assert.InRange(tries, 1, 150);
        using var link = new Link(pump);
        link.WaitFor(100, 40);
        Assert.Equal(Enumerable.Range(0, 100), link.Numbers);
    }
}
