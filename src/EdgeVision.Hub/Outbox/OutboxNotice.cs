namespace EdgeVision.Hub;

/// <summary>Something happened to the outbox that the cloud should hear of; whoever listens makes an event message of it.</summary>
/// <param name="Event"><c>outbox.dropped</c>, <c>outbox.oversize</c>, <c>outbox.corrupt</c>, <c>storage.degraded</c> or <c>storage.ok</c>.</param>
/// <param name="Reason">A word for machines.</param>
/// <param name="Detail">A line for people.</param>
public sealed record OutboxNotice(string Event, string Reason, string Detail)
{
    /// <summary>Of <c>outbox.dropped</c>: its number must stand on the message (<see cref="TelemetryMessage.Receipt"/>), with <see cref="TelemetryPriority.Receipt"/>.</summary>
    public DropReceipt? Receipt { get; init; }
}
