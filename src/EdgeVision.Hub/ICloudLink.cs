using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The device's one way to its cloud, whatever speaks at the other end: an Azure-compatible hub (<see cref="HubClient"/>) or a plain broker (<see cref="BrokerClient"/>).</summary>
/// <remarks>Handlers are set before <see cref="RunAsync"/> and must return at once. Any thread.</remarks>
public interface ICloudLink : IDisposable
{
    HubStatus Status { get; }

    /// <summary>The whole desired section, at each connect and after each change; its <c>$version</c>, where there is one, is a whole number.</summary>
    Action<JsonObject>? DesiredChanged { get; set; }

    /// <summary>What happens to the outbox, to be sent as events (<see cref="OutboxNotice"/>).</summary>
    Action<OutboxNotice>? OutboxNoticed { get; set; }

    /// <summary>Answers a direct method; unknown ones are answered with 501.</summary>
    void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler);

    /// <summary>Puts a message into the outbox; never waits.</summary>
    void Send(TelemetryMessage message);

    /// <summary>What the cloud should know of this device under a key of the reported section.</summary>
    void Report(string key, JsonNode value);

    /// <summary>Ends a wait before the next attempt: what stood in the way may be gone, for example a wrong clock.</summary>
    void TryNow();

    /// <summary>Connects and stays connected until cancelled; then says goodbye.</summary>
    Task RunAsync(CancellationToken stopping);
}
