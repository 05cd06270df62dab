namespace EdgeVision.Hub.Tests;

public sealed class TelemetryOutboxTests
{
    [Fact]
    public async Task FirstAsync_MessagesStay_UntilTheHubHasTakenThem()
    {
        var outbox = new TelemetryOutbox(1000);
        outbox.Add(Message("1", TelemetryPriority.Interval, 10));
        outbox.Add(Message("2", TelemetryPriority.Event, 10));

        var first = await outbox.FirstAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", first.Id);
        Assert.Equal("1", (await outbox.FirstAsync(TestContext.Current.CancellationToken)).Id);
        outbox.Taken(first);
        Assert.Equal("2", (await outbox.FirstAsync(TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task Add_OverTheCap_OldestOfTheLowestPriorityMakesRoom()
    {
        var outbox = new TelemetryOutbox(10);
        outbox.Add(Message("event", TelemetryPriority.Event, 4));
        outbox.Add(Message("interval 1", TelemetryPriority.Interval, 3));
        outbox.Add(Message("interval 2", TelemetryPriority.Interval, 3));

        outbox.Add(Message("event 2", TelemetryPriority.Event, 3));

        Assert.Equal((3, 1L), (outbox.Count, outbox.Dropped));
        outbox.Taken(await outbox.FirstAsync(TestContext.Current.CancellationToken));
        Assert.Equal("interval 2", (await outbox.FirstAsync(TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task FirstAsync_Empty_WaitsForTheNext()
    {
        var outbox = new TelemetryOutbox(10);
        var waiting = outbox.FirstAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        outbox.Add(Message("1", TelemetryPriority.Event, 1));

        Assert.Equal("1", (await waiting).Id);
    }

    private static TelemetryMessage Message(string id, TelemetryPriority priority, int bytes) => new(id, "test", priority, DateTimeOffset.UnixEpoch, new byte[bytes]);
}
