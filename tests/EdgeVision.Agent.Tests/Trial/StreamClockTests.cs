namespace EdgeVision.Agent.Tests;

public sealed class StreamClockTests
{
    private readonly WallClock _time = new();

    [Fact]
    public void Advance_CameraUnpluggedForAnHour_TheHourDoesNotCount()
    {
        _time.Pass(1);
        var clock = new StreamClock(TimeSpan.FromSeconds(10), _time);
        var lastFrame = _time.GetTimestamp();

        Stream(10);
        Wait(3600); // of which the first ten seconds count, because a slow camera may still give one
        Stream(5);

        Assert.InRange(clock.Elapsed.TotalSeconds, 24, 25);

        void Stream(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                _time.Pass(1);
                lastFrame = _time.GetTimestamp();
                clock.Advance(lastFrame);
            }
        }

        void Wait(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                _time.Pass(1);
                clock.Advance(lastFrame);
            }
        }
    }

    [Fact]
    public void Advance_NoFrameYet_StandsStill()
    {
        var clock = new StreamClock(TimeSpan.FromSeconds(10), _time);
        _time.Pass(5);

        Assert.False(clock.Advance(0));
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }
}
