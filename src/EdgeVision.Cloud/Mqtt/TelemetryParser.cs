using System.Globalization;
using System.Text;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Makes a message from topic and body: sorts the properties, and adds what only the hub may say.</summary>
/// <remarks>Example: <c>devices/cam-1/messages/events/%24.ct=application%2Fjson&amp;line=3</c> has content-type application/json and the property line = 3.</remarks>
internal static class TelemetryParser
{
    /// <summary>Body, values of system properties, names and values of the others.</summary>
    public const int MaxBytes = 256 * 1024;
    private const string DeviceIdProperty = "iothub-connection-device-id";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Hub.SystemProperties.MessageId] = "message-id",
        [Hub.SystemProperties.CorrelationId] = "correlation-id",
        [Hub.SystemProperties.ContentType] = "content-type",
        [Hub.SystemProperties.ContentEncoding] = "content-encoding",
        [Hub.SystemProperties.CreationTime] = "iothub-creation-time-utc",
        [Hub.SystemProperties.To] = "to",
        ["$.uid"] = "user-id",
        ["$.exp"] = "absolute-expiry-time",
        ["$.sub"] = "dt-subject",
        ["$.ifid"] = "iothub-interface-id",
    };

    /// <returns>Null when the message is larger than a hub may take.</returns>
    public static TelemetryMessage? Parse(Device device, IReadOnlyDictionary<string, string?> bag, byte[] body, DateTimeOffset now)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var system = new Dictionary<string, string>(StringComparer.Ordinal);
        var size = body.Length;
        foreach (var (key, value) in bag.Where(pair => !IsHubsOwn(pair.Key)))
        {
            var isSystem = key.StartsWith(Hub.SystemProperties.Prefix, StringComparison.Ordinal);
            (isSystem ? system : properties)[Names.GetValueOrDefault(key, key)] = value ?? "";
            size += Encoding.UTF8.GetByteCount(value ?? "") + (isSystem ? 0 : Encoding.UTF8.GetByteCount(key));
        }

        Stamp(system, device, now);
        return size > MaxBytes ? null : new TelemetryMessage(0, device.Id, now, properties, system, body);
    }

    /// <summary>What tells who sent it is never taken from the sender.</summary>
    private static bool IsHubsOwn(string key) =>
        key.StartsWith("iothub-connection-", StringComparison.OrdinalIgnoreCase) || key.Equals("iothub-enqueuedtime", StringComparison.OrdinalIgnoreCase) || key is "$.cdid" or "$.cmid";

    private static void Stamp(Dictionary<string, string> system, Device device, DateTimeOffset now)
    {
        system[DeviceIdProperty] = device.Id;
        system["iothub-connection-auth-method"] = """{"scope":"device","type":"sas","issuer":"iothub"}""";
        system["iothub-connection-auth-generation-id"] = device.Generation;
        system["iothub-enqueuedtime"] = now.ToString("O", CultureInfo.InvariantCulture);
    }
}
