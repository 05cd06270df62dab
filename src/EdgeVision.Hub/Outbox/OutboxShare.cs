namespace EdgeVision.Hub;

/// <summary>What waits of one priority.</summary>
/// <param name="Bytes">As they lie on the disk, compressed.</param>
public sealed record OutboxShare(TelemetryPriority Priority, long Messages, long Bytes);
