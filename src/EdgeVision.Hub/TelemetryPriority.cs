namespace EdgeVision.Hub;

/// <summary>What goes first when the outbox is full: the lowest.</summary>
public enum TelemetryPriority
{
    /// <summary>Interval figures: the next ones come soon.</summary>
    Interval,

    /// <summary>Something happened.</summary>
    Event,
}
