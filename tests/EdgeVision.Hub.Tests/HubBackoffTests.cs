namespace EdgeVision.Hub.Tests;

public sealed class HubBackoffTests
{
    [Fact]
    public void Next_FailuresInARow_DoublesUpToItsCapAndBeginsAgainAfterASteadyLink()
    {
        var backoff = new HubBackoff();
        double[] Waits(HubFailure failure, int count) => [.. Enumerable.Range(0, count).Select(_ => backoff.Next(failure, 1).TotalSeconds)];

        Assert.Equal([2, 2, 4, 8, 16, 32, 60, 60], Waits(HubFailure.Unreachable, 8));
        Assert.Equal([256, 512, 600], Waits(HubFailure.Unauthorized, 3));
        Assert.Equal([600], Waits(HubFailure.DuplicateIdentity, 1));
        backoff.Held(TimeSpan.FromSeconds(59));
        Assert.Equal([60], Waits(HubFailure.Closed, 1));
        backoff.Held(TimeSpan.FromSeconds(60));
        Assert.Equal([2], Waits(HubFailure.Closed, 1));
        Assert.Equal(0, backoff.Next(HubFailure.Closed, 0).TotalSeconds);
    }
}
