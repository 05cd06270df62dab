namespace EdgeVision.Hub;

/// <summary>Where messages wait, and how much of them.</summary>
public sealed record OutboxOptions
{
    /// <summary>The database; its folder must exist or be creatable. Null = in memory only.</summary>
    public string? Path { get; init; }

    /// <summary>What database and log may take on the disk. Default 128 MiB, at least 256 KiB.</summary>
    public long DiskBytes { get; init; } = 128 << 20;

    /// <summary>Messages that are not on the disk: those of the last moments, and all while the disk does not take any. Default 8 MiB.</summary>
    public long MemoryBytes { get; init; } = 8 << 20;

    /// <summary>An event that the cloud has not taken this long after it was made is written down: what kill -9 or a power cut can cost. Default 1 s.</summary>
    public TimeSpan EventWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for intervals. Default 10 s.</summary>
    public TimeSpan IntervalWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of before the connection that are sent in a second; those made since go before them. Default 200.</summary>
    public int BacklogPerSecond { get; init; } = 200;

    /// <summary>Whether the device's clock can be trusted now.</summary>
    public Func<bool> ClockIsSynced { get; init; } = () => true;

    internal TimeSpan WindowOf(TelemetryPriority priority) => priority == TelemetryPriority.Interval ? IntervalWindow : EventWindow;
}
