using System.Net;
using EdgeVision.Cloud.Mqtt;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Cloud.Tests;

public sealed class RefusalPaceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void LevelOf_SameAddressAndReason_WarnsOnceAMinute()
    {
        var pace = new RefusalPace(_time);

        Assert.Equal(LogLevel.Warning, pace.LevelOf(new IPEndPoint(IPAddress.Loopback, 1), "Silent"));
        Assert.Equal(LogLevel.Debug, pace.LevelOf(new IPEndPoint(IPAddress.Loopback, 2), "Silent"));
        Assert.Equal(LogLevel.Warning, pace.LevelOf(new IPEndPoint(IPAddress.Loopback, 3), "WrongKey"));
        Assert.Equal(LogLevel.Warning, pace.LevelOf(new IPEndPoint(IPAddress.IPv6Loopback, 4), "Silent"));

        _time.Advance(61);
        Assert.Equal(LogLevel.Warning, pace.LevelOf(new IPEndPoint(IPAddress.Loopback, 5), "Silent"));
    }
}
