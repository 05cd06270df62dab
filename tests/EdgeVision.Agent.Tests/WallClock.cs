namespace EdgeVision.Agent.Tests;

/// <summary>A clock on the wall that a test sets, beside a monotonic one that only goes forward.</summary>
internal sealed class WallClock : TimeProvider
{
    private long _ticks;
    private DateTimeOffset _wall = DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => _wall;

    public void Pass(double seconds)
    {
        _ticks += TimeSpan.FromSeconds(seconds).Ticks;
        _wall += TimeSpan.FromSeconds(seconds);
    }

    public void Set(DateTimeOffset wall) => _wall = wall;
}
