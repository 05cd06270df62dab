namespace EdgeVision.Hub.Tests;

public sealed class TakeoverWatchTests
{
    private readonly HurriedTime _time = new(36_000); // ten minutes in 17 ms

    [Fact]
    public void Ended_ThreeYoungConnectionsClosedInOrder_IsAnotherDevice()
    {
        var watch = new TakeoverWatch(TimeProvider.System);

        Assert.False(watch.Ended(inOrder: true, TimeSpan.FromSeconds(3)));
        Assert.False(watch.Ended(inOrder: false, TimeSpan.FromSeconds(3)));
        Assert.False(watch.Ended(inOrder: true, TimeSpan.FromMinutes(6)));
        Assert.False(watch.Ended(inOrder: true, TimeSpan.FromSeconds(3)));
        Assert.True(watch.Ended(inOrder: true, TimeSpan.FromMinutes(4)));
    }

    [Fact]
    public void Ended_TenMinutesLater_IsForgotten()
    {
        var watch = new TakeoverWatch(_time);
        watch.Ended(inOrder: true, TimeSpan.Zero);
        watch.Ended(inOrder: true, TimeSpan.Zero);

        Eventually.True(() => _time.GetElapsedTime(0) > TimeSpan.FromMinutes(11), TimeSpan.FromSeconds(5));
        Assert.False(watch.Ended(inOrder: true, TimeSpan.Zero));
    }
}
