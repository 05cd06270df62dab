using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>Hands messages to a destination. One call at a time.</summary>
internal interface ITelemetrySender : IDisposable
{
    /// <summary>Ends when it is known which of the messages the destination has for good. In order per device, each at least once.</summary>
    Task<Delivery> SendAsync(IReadOnlyList<TelemetryMessage> messages, CancellationToken cancellation);
}
