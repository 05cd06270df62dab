using System.Buffers;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>What each publish of a device means. Nothing is ever routed from device to device: every publish is handled here and goes no further.</summary>
/// <remarks>The packets of one device come one after the other, those of different devices at once.</remarks>
internal sealed partial class DevicePublishes(
    DeviceRegistry devices, TelemetryIntake telemetry, TwinDesk twins, MethodDesk methods, ConnectionDiary diary, ServeOptions options, TimeProvider time, ILogger<DevicePublishes> logger)
{
    /// <summary>Marks, in a session, a publish that a device sent just now; a last will comes without.</summary>
    private static readonly object Sent = new();

    public static void MarkSent(InterceptingPacketEventArgs packet)
    {
        if (packet.Packet is MqttPublishPacket)
        {
            packet.SessionItems[Sent] = true;
        }
    }

    public async Task HandleAsync(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        var isWill = !publish.SessionItems.Contains(Sent);
        publish.SessionItems.Remove(Sent);
        try
        {
            var verdict = publish.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce
                ? new HubError(400004, "A hub knows no QoS 2.")
                : await HandleAsync(publish, isWill);
            if (verdict is not null)
            {
                Log.BadPublish(logger, publish.ClientId, verdict.Code, verdict.Message, publish.ApplicationMessage.Topic, publish.ApplicationMessage.Payload.Length);
                diary.Add(publish.ClientId, verdict.Code, verdict.Message);
                publish.CloseConnection = true;
            }
        }
        catch (Exception exception)
        {
            // Whatever it was: without an acknowledgement the device keeps the message and sends it again. The MQTT server itself would not say a word.
            Log.Failed(logger, publish.ClientId, exception.Message);
            diary.Add(publish.ClientId, 500001, exception.Message);
            publish.CloseConnection = true;
        }
    }

    /// <returns>Why the connection must end; null when all is well.</returns>
    private async Task<HubError?> HandleAsync(InterceptingPublishEventArgs publish, bool isWill)
    {
        var topic = HubTopic.Parse(publish.ApplicationMessage.Topic);
        var payload = publish.ApplicationMessage.Payload.ToArray();
        switch (topic.Kind)
        {
            case HubTopicKind.Telemetry when topic.DeviceId == publish.ClientId:
                return await TakeAsync(publish, topic, payload, isWill);
            case HubTopicKind.TwinGet when !isWill:
                await twins.AnswerGetAsync(publish.ClientId, topic.RequestId);
                return null;
            case HubTopicKind.TwinReport when !isWill:
                await twins.ReportAsync(publish.ClientId, topic.RequestId, payload);
                return null;
            case HubTopicKind.MethodResponse when !isWill:
                methods.Answer(publish.ClientId, topic.RequestId, topic.Status, payload);
                return null;
            default:
                return options.IgnoreUnknownTopics && topic.Kind == HubTopicKind.Unknown ? null : new HubError(400004, "A device may not publish there.");
        }
    }

    private async Task<HubError?> TakeAsync(InterceptingPublishEventArgs publish, HubTopic topic, byte[] payload, bool isWill)
    {
        var bag = new Dictionary<string, string?>(topic.Properties, StringComparer.Ordinal);
        if (publish.ApplicationMessage.Retain)
        {
            bag["mqtt-retain"] = "true"; // retained messages are for brokers; the sender's wish is kept as a property
        }

        if (isWill)
        {
            bag["iothub-MessageType"] = "Will";
        }

        if (devices.Find(publish.ClientId) is not { } device)
        {
            return new HubError(404001, "The device was removed.");
        }

        if (TelemetryParser.Violation(bag, payload) is { } violation)
        {
            return violation;
        }

        await telemetry.AcceptAsync(
            TelemetryParser.Parse(device, bag, payload, time.GetUtcNow()), untilStored: publish.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(8003, LogLevel.Warning, "{Device}: closed, {Code} {Reason} ('{Topic}', {Bytes} bytes)")]
        public static partial void BadPublish(ILogger logger, string device, int code, string reason, string topic, long bytes);

        [LoggerMessage(8004, LogLevel.Error, "{Device}: closed, its message could not be handled: {Reason}")]
        public static partial void Failed(ILogger logger, string device, string reason);
    }
}
