namespace EdgeVision.Cloud.Storage;

/// <summary>A message of a device, as it was received.</summary>
/// <param name="Sequence">Grows over the whole hub; 0 before it is stored.</param>
/// <param name="DeviceId">Who sent it, as the connection proved.</param>
/// <param name="Enqueued">When the hub received it.</param>
/// <param name="Properties">What the application on the device added.</param>
/// <param name="SystemProperties">What the protocol and the hub added, under Azure's names.</param>
/// <param name="Body">At most 256 KB together with the properties.</param>
internal sealed record TelemetryMessage(
    long Sequence, string DeviceId, DateTimeOffset Enqueued, IReadOnlyDictionary<string, string> Properties, IReadOnlyDictionary<string, string> SystemProperties, byte[] Body);
