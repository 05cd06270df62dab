using System.Buffers;
using MQTTnet;

namespace EdgeVision.Hub;

/// <summary>Something that came from the broker, whoever sent it.</summary>
/// <param name="Payload">Null when it was longer than anything this device listens for: then it was not even copied.</param>
/// <param name="Retained">It lay at the broker; nobody said it just now.</param>
/// <param name="AnswerTopic">Where the answer is wanted (MQTT 5); empty where it is not said.</param>
/// <param name="Correlation">Comes back with the answer (MQTT 5).</param>
internal sealed record BrokerInbound(string Topic, byte[]? Payload, bool Retained, string AnswerTopic, byte[]? Correlation)
{
    /// <summary>As much as a method may be asked at a hub.</summary>
    public const int MostBytes = 128 << 10;

    public static BrokerInbound Of(MqttApplicationMessage message) => new(
        message.Topic, message.Payload.Length <= MostBytes ? message.Payload.ToArray() : null, message.Retain, message.ResponseTopic ?? "", message.CorrelationData);
}
