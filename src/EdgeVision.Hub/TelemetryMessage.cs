namespace EdgeVision.Hub;

/// <summary>One message to the cloud. Immutable.</summary>
/// <param name="Id">Stands in $.mid, so that a message sent twice is known as one.</param>
/// <param name="Type">Stands in the property <c>type</c>, so that the cloud can route without opening the body.</param>
/// <param name="Priority">Who makes room when the outbox is full.</param>
/// <param name="Created">The device's clock.</param>
/// <param name="Body">JSON in UTF-8, at most 256 KB.</param>
public sealed record TelemetryMessage(string Id, string Type, TelemetryPriority Priority, DateTimeOffset Created, byte[] Body)
{
    /// <summary>The bag of properties behind the topic; the body can be queried by the hub only with both $.ct and $.ce.</summary>
    internal string Properties() => PropertyBag.Encode(
    [
        new(SystemProperties.MessageId, Id),
        new(SystemProperties.ContentType, "application/json"),
        new(SystemProperties.ContentEncoding, "utf-8"),
        new(SystemProperties.CreationTime, Created.UtcDateTime.ToString("o")),
        new("type", Type),
    ]);
}
