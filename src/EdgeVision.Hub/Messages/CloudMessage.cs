using System.Globalization;

namespace EdgeVision.Hub;

/// <summary>A message from the cloud to this device. Immutable.</summary>
/// <param name="Id">As its sender gave it; empty when he gave none. A message that comes again has the same.</param>
/// <param name="CorrelationId">Empty when there is none.</param>
/// <param name="Properties">The sender's own; null = a key without value.</param>
/// <param name="Body">At most 64 KB.</param>
/// <param name="ExpiresUtc">When the hub gives up on it; null = not said.</param>
public sealed record CloudMessage(string Id, string CorrelationId, IReadOnlyDictionary<string, string?> Properties, byte[] Body, DateTimeOffset? ExpiresUtc)
{
    internal static CloudMessage Of(HubInbound inbound)
    {
        var bag = inbound.Topic.Properties;
        var own = bag.Where(pair => !pair.Key.StartsWith(SystemProperties.Prefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        return new CloudMessage(bag.GetValueOrDefault(SystemProperties.MessageId) ?? "", bag.GetValueOrDefault(SystemProperties.CorrelationId) ?? "", own, inbound.Payload, ExpiryOf(bag));
    }

    private static DateTimeOffset? ExpiryOf(IReadOnlyDictionary<string, string?> bag) =>
        DateTimeOffset.TryParse(bag.GetValueOrDefault(SystemProperties.Expiry), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) ? expiry : null;
}
