using EdgeVision.Hub;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What the hub is asked to say for a device that vanishes.</summary>
/// <param name="Topic">Where.</param>
/// <param name="QualityOfService">0 to 2.</param>
/// <param name="IsRetained">Whether it should be kept for listeners to come; a hub has none.</param>
internal sealed record LastWill(string Topic, int QualityOfService, bool IsRetained)
{
    /// <summary>The only will that a hub takes: the device's own telemetry, at most QoS 1, not retained.</summary>
    public bool IsTelemetryOf(string clientId) =>
        !IsRetained && QualityOfService < 2 && HubTopic.Parse(Topic) is { Kind: HubTopicKind.Telemetry } topic && topic.DeviceId == clientId;
}
