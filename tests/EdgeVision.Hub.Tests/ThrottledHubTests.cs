using System.Text;

namespace EdgeVision.Hub.Tests;

/// <summary>A hub that takes no more than its tier allows, and a device that has much to say (L10).</summary>
public sealed class ThrottledHubTests : IDisposable
{
    private const int Messages = 1200, PerSecond = 100; // of S1
    private readonly TemporaryDirectory _folder = new();
    private readonly SiteHub _hub;

    public ThrottledHubTests() => _hub = new SiteHub(_folder.File("hub"), "--tier", "S1");

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_MoreThanTheTierAllows_SlowsDownLosesNothingAndStaysConnected()
    {
        var (file, caFile) = _hub.Enrol("cam-1");
        var options = new HubOptions { ConnectionString = HubConnectionString.Parse(File.ReadAllText(file)), CaFile = caFile };
        using var client = new RunningClient(options);
        client.Wait(status => status.State == HubState.Connected);
        var began = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < Messages; i++)
        {
            client.Client.Send(new TelemetryMessage($"m-{i}", "event", TelemetryPriority.Event, TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes($$"""{"n":{{i}}}""")));
        }

        client.Wait(status => status.Sent == Messages, 60);
        Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds > (Messages - 2.0 * PerSecond) / PerSecond, "nothing was throttled");
        Assert.Equal(1, client.Status.Connects);
        Assert.Equal(Enumerable.Range(0, Messages), _hub.Telemetry("cam-1").Select(message => message.GetProperty("body").GetProperty("n").GetInt32()));
    }
}
