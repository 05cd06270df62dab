using System.Collections.Concurrent;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Simulation;

/// <summary>How long a fleet's messages took from being said to the hub's PUBACK. Any thread.</summary>
internal sealed class FleetFigures(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _onTheirWay = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private List<double> _milliseconds = [];
    private long _said;
    private long _taken;

    public long SaidCount => Volatile.Read(ref _said);

    public long TakenCount => Volatile.Read(ref _taken);

    public void Said(TelemetryMessage message)
    {
        Interlocked.Increment(ref _said);
        _onTheirWay[message.Id] = time.GetTimestamp();
    }

    public void Taken(TelemetryMessage message)
    {
        Interlocked.Increment(ref _taken);
        if (_onTheirWay.TryRemove(message.Id, out var said))
        {
            lock (_gate)
            {
                _milliseconds.Add(time.GetElapsedTime(said).TotalMilliseconds);
            }
        }
    }

    /// <summary>Of the messages taken since this was called last.</summary>
    public FleetLatency TakeLatency()
    {
        List<double> taken;
        lock (_gate)
        {
            (taken, _milliseconds) = (_milliseconds, []);
        }

        taken.Sort();
        return new FleetLatency(Quantile(taken, 0.5), Quantile(taken, 0.95), Quantile(taken, 0.99), Quantile(taken, 1));
    }

    private static double Quantile(List<double> sorted, double part) => sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Ceiling(part * (sorted.Count - 1))], 1);
}
