using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Simulation;

/// <summary>Many devices in one process, each with a TLS connection of its own and the client code that real devices run.</summary>
/// <remarks>They connect one after the other at a given rate, as a fleet that is being installed; after an outage they come back as their client's back-off has it.</remarks>
internal sealed class Fleet(IReadOnlyList<HubOptions> devices, TimeProvider time) : IDisposable
{
    private readonly FleetFigures _figures = new(time);
    private readonly long _started = time.GetTimestamp();
    private IReadOnlyList<SimulatedDevice> _devices = [];

    public Task RunAsync(double connectsPerSecond, TimeSpan interval, CancellationToken stopping)
    {
        _devices = [.. devices.Select(options => new SimulatedDevice(options.ConnectionString!.DeviceId, options, _figures, time))];
        return Task.WhenAll(_devices.Select((device, index) => device.RunAsync(TimeSpan.FromSeconds(index / connectsPerSecond), interval, stopping)));
    }

    /// <summary>As it is now; the latency is that of the messages taken since it was asked last.</summary>
    public JsonObject Report()
    {
        var latency = _figures.TakeLatency();
        var status = _devices.Select(device => device.Status).ToArray();
        return new JsonObject
        {
            ["seconds"] = Math.Round(time.GetElapsedTime(_started).TotalSeconds, 1),
            ["devices"] = devices.Count,
            ["connected"] = status.Count(device => device.State == HubState.Connected),
            ["connects"] = status.Sum(device => device.Connects),
            ["said"] = _figures.SaidCount,
            ["taken"] = _figures.TakenCount,
            ["waiting"] = status.Sum(device => (long)device.Waiting),
            ["dropped"] = status.Sum(device => device.Dropped),
            ["pubackMs"] = new JsonObject { ["p50"] = latency.P50, ["p95"] = latency.P95, ["p99"] = latency.P99, ["max"] = latency.Max },
            ["failures"] = Failures(status),
        };
    }

    public void Dispose()
    {
        foreach (var device in _devices)
        {
            device.Dispose();
        }
    }

    private static JsonObject Failures(IEnumerable<HubStatus> status) => new(status.Where(device => device.Failure != HubFailure.None)
        .GroupBy(device => device.Failure).Select(group => KeyValuePair.Create(group.Key.ToString(), (JsonNode?)group.Count())));
}
