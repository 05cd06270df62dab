using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Where probation learns what the vision loop does not know: the machine, the cameras, the hub.</summary>
internal sealed record ProbationSenses
{
    public Func<double> RssMiB { get; init; } = () => ProcessFigures.RssMiB ?? 0;

    /// <summary>Frames dropped since the start, of all cameras.</summary>
    public required Func<long> Dropped { get; init; }

    /// <summary>In words; null = nothing is slowed down.</summary>
    public Func<string?> Heat { get; init; } = () => ThermalTrip.Find();

    /// <summary>Null = no hub is configured.</summary>
    public required Func<HubStatus?> Hub { get; init; }

    /// <summary>How long the vision loop has not come round.</summary>
    public required Func<TimeSpan> HeartbeatAge { get; init; }

    /// <summary>The vision loop hangs in native code: ends the process, because nothing else ends it. Told why.</summary>
    public required Func<string, Task> Stuck { get; init; }
}
