namespace EdgeVision.Capture.Tests;

public class BackoffTests
{
    [Fact]
    public void Next_Refused_DoublesToFourSecondsAndNoFurther()
    {
        var backoff = new Backoff(30);
        Assert.Equal([0.5, 1, 2, 4, 4, 4], Enumerable.Range(0, 6).Select(_ => backoff.Next(CaptureFailure.Refused, 1).TotalSeconds));
    }

    [Fact]
    public void Next_Unauthorized_GoesUpToTheCap()
    {
        var backoff = new Backoff(30);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 8).Select(_ => backoff.Next(CaptureFailure.Unauthorized, 1).TotalSeconds));
    }

    [Fact]
    public void Next_NewReason_BeginsAtTheBottom()
    {
        var backoff = new Backoff(30);
        backoff.Next(CaptureFailure.Stalled, 1);
        backoff.Next(CaptureFailure.Stalled, 1);
        Assert.Equal(0.25, backoff.Next(CaptureFailure.Refused, 0.5).TotalSeconds);
    }
}
