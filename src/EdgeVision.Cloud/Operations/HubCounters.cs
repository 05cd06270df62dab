using System.Collections.Concurrent;

namespace EdgeVision.Cloud.Operations;

/// <summary>What this process has done since it started.</summary>
internal sealed class HubCounters
{
    private readonly ConcurrentDictionary<string, Counter> _refusals = new(StringComparer.Ordinal);

    public Counter Connects { get; } = new();

    public Counter Messages { get; } = new();

    public Counter MessageBytes { get; } = new();

    /// <summary>Messages that could not be stored and were not acknowledged.</summary>
    public Counter NotStored { get; } = new();

    /// <summary>Commits of telemetry.</summary>
    public Counter Stores { get; } = new();

    /// <summary>Microseconds that they took together.</summary>
    public Counter StoreMicroseconds { get; } = new();

    public Counter ServiceRefusals { get; } = new();

    /// <summary>By reason, devices that were not let in.</summary>
    public IEnumerable<KeyValuePair<string, Counter>> Refusals => _refusals;

    /// <param name="reason">One of a fixed set: each becomes a line of the metrics.</param>
    public void Refused(string reason) => _refusals.GetOrAdd(reason, _ => new Counter()).Increment();
}
