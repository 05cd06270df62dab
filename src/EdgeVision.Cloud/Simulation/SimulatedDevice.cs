using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Cloud.Simulation;

/// <summary>One device of a fleet: the device's own hub client, and a voice that says an interval's worth of results now and then.</summary>
/// <remarks>Its messages are as long as a real camera's (about 700 bytes) and carry boot id and sequence, so that loss and repetition can be counted at the other end.</remarks>
internal sealed class SimulatedDevice(string id, HubOptions options, FleetFigures figures, TimeProvider time) : IDisposable
{
    private static readonly string Padding = new('x', 500);
    private readonly HubClient _client = new(options, time, NullLogger<HubClient>.Instance);
    private readonly string _bootId = Guid.NewGuid().ToString("N");
    private long _sequence;

    public HubStatus Status => _client.Status;

    /// <summary>Connects after a while of its own and speaks at its own beat, so that a fleet does neither in step.</summary>
    public async Task RunAsync(TimeSpan connectAfter, TimeSpan interval, CancellationToken stopping)
    {
        _client.Taken = figures.Taken;
        await Task.Delay(connectAfter, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_client.RunAsync(stopping), SpeakAsync(interval, stopping));
    }

    public void Dispose() => _client.Dispose();

    private async Task SpeakAsync(TimeSpan interval, CancellationToken stopping)
    {
        using var beat = new PeriodicTimer(interval, time);
        try
        {
            while (await beat.WaitForNextTickAsync(stopping))
            {
                var message = Next();
                figures.Said(message);
                _client.Send(message);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private TelemetryMessage Next()
    {
        var (sequence, now) = (_sequence++, time.GetUtcNow());
        var body = new JsonObject
        {
            ["type"] = "interval", ["device"] = id, ["bootId"] = _bootId, ["sequence"] = sequence, ["time"] = now.ToString("O"), ["simulated"] = Padding,
        };
        return new TelemetryMessage($"{_bootId}-{sequence}", "interval", TelemetryPriority.Interval, now, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }
}
