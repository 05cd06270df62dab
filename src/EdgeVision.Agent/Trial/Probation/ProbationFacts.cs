namespace EdgeVision.Agent;

/// <summary>What is known of a model on probation at one look.</summary>
internal sealed record ProbationFacts
{
    public VitalFigures Vitals { get; init; }

    /// <summary>Time in which frames came.</summary>
    public TimeSpan Watched { get; init; }

    /// <summary>Frames that broke the model, in this window and the one before.</summary>
    public long FailedLately { get; init; }

    /// <summary>Of the last whole window, milliseconds; 0 before the first.</summary>
    public double LatencyMsP99 { get; init; }

    /// <summary>Windows in a row whose p99 was above the budget.</summary>
    public int SlowWindows { get; init; }

    /// <summary>Share of frames that made room for newer ones in the last whole window, 0 to 1, and before the activation.</summary>
    public double DropShare { get; init; }

    public double DropShareBefore { get; init; }

    /// <summary>Windows in a row in which far more frames were dropped than before.</summary>
    public int DropWindows { get; init; }

    /// <summary>Which part of the machine is slowed down for heat, in words; only when it was not before.</summary>
    public string? Heat { get; init; }

    public int HotWindows { get; init; }

    /// <summary>MiB since the first window.</summary>
    public double MemoryGrowthMiB { get; init; }

    /// <summary>Frames without an answer for so long are not normal here; null where there is nothing to know it by.</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>How its answers have moved away from those of the model before, in words.</summary>
    public string? Drift { get; init; }

    public int DriftWindows { get; init; }

    /// <summary>Why the hub is out of reach though the network is there, in words.</summary>
    public string? HubLost { get; init; }

    /// <summary>A message sent since the activation was taken by the hub, or there is no hub.</summary>
    public bool IsAcknowledged { get; init; }
}
