namespace EdgeVision.Hub;

/// <summary>What makes room first when the outbox is full: the lowest.</summary>
public enum TelemetryPriority
{
    /// <summary>Interval figures: the next ones come soon.</summary>
    Interval,

    /// <summary>Something happened.</summary>
    Event,

    /// <summary>Says what had to make room; never makes room itself.</summary>
    Receipt,
}
