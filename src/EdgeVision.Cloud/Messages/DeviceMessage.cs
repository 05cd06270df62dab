namespace EdgeVision.Cloud.Messages;

/// <summary>A message that waits for a device.</summary>
/// <param name="Sequence">Grows over the whole hub; 0 before it is stored.</param>
/// <param name="DeviceId">For whom.</param>
/// <param name="MessageId">The sender's, for feedback; may be empty.</param>
/// <param name="Enqueued">When the hub took it.</param>
/// <param name="Expires">After that it is not delivered any more.</param>
/// <param name="Ack">Of what the sender wants to hear.</param>
/// <param name="DeliveryCount">How often it was handed over.</param>
/// <param name="Bag">The properties as they stand in the topic, never empty.</param>
/// <param name="Body">At most 64 KB together with the properties.</param>
internal sealed record DeviceMessage(
    long Sequence, string DeviceId, string MessageId, DateTimeOffset Enqueued, DateTimeOffset Expires, Acknowledgement Ack, int DeliveryCount, string Bag, byte[] Body);
