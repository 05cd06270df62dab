namespace EdgeVision.Agent.Tests;

public sealed class ClockQualityTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly WallClock _time = new();
    private bool _follows;

    [Fact]
    public void State_BootIn1970ThenATimeServer_IsUnsyncedSteppedSynced()
    {
        var clock = new ClockQuality(_time, () => _follows);
        Assert.Equal((ClockQuality.Unsynced, false), (clock.State, clock.IsSet));

        _time.Pass(30);
        (_follows, var wall) = (true, Today);
        _time.Set(wall);

        Assert.Equal((ClockQuality.Stepped, true), (clock.State, clock.IsSet));
        _time.Pass(61);
        Assert.Equal(ClockQuality.Synced, clock.State);
        Assert.Equal(["clock.stepped", "clock.synced"], clock.Changes().Select(change => change.Event));
        Assert.Empty(clock.Changes());
    }

    [Theory]
    [InlineData(3600, "+3600.0 s")]
    [InlineData(-3600, "-3600.0 s")]
    [InlineData(0.6, "+0.6 s")]
    public void Changes_ClockWasSet_SaysByHowMuch(double seconds, string expected)
    {
        _time.Set(Today);
        var clock = new ClockQuality(_time, () => _follows);
        Assert.Empty(clock.Changes());
        _time.Pass(1);

        _time.Set(_time.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(expected, Assert.Single(clock.Changes()).Detail);
    }

    [Fact]
    public void Changes_SlewedForADay_IsNoStep()
    {
        _time.Set(Today);
        var clock = new ClockQuality(_time, () => true);

        for (var i = 0; i < 86_400; i++)
        {
            _time.Pass(1);
            _time.Set(_time.GetUtcNow().AddMilliseconds(0.5)); // the most a kernel slews in a second
            Assert.Equal(ClockQuality.Synced, clock.State);
        }

        Assert.Empty(clock.Changes());
    }
}
