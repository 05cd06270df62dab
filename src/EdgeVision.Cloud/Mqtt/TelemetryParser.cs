using System.Buffers;
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
    private const int MaxMessageId = 128;
    private static readonly SearchValues<char> MessageIdLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:.+%_#*?!(),=@;$'");

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
        ["$.on"] = "iothub-outputname",
        ["$.schema"] = "iothub-message-schema",
        ["$.sub"] = "dt-subject",
        ["$.ifid"] = "iothub-interface-id",
    };

    /// <returns>Why a hub may not take it; null when it may.</returns>
    public static HubError? Violation(IReadOnlyDictionary<string, string?> bag, byte[] body)
    {
        if (bag.GetValueOrDefault(Hub.SystemProperties.MessageId) is { Length: > 0 } id && (id.Length > MaxMessageId || id.AsSpan().ContainsAnyExcept(MessageIdLetters)))
        {
            return new HubError(400004, "The message id is longer than 128 characters or has others than A-Z a-z 0-9 - : . + % _ # * ? ! ( ) , = @ ; $ '");
        }

        var size = body.Length + bag.Sum(pair => SizeOf(pair.Value) + (IsSystem(pair.Key) ? 0 : SizeOf(pair.Key)));
        return size > MaxBytes ? new HubError(413001, $"The message has {size} bytes, and {MaxBytes} are allowed.") : null;
    }

    /// <summary>For what has no <see cref="Violation"/>.</summary>
    public static TelemetryMessage Parse(Device device, IReadOnlyDictionary<string, string?> bag, byte[] body, DateTimeOffset now)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var system = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in bag.Where(pair => !IsHubsOwn(pair.Key)))
        {
            (IsSystem(key) ? system : properties)[Names.GetValueOrDefault(key, key)] = value ?? "";
        }

        Stamp(system, device, now);
        return new TelemetryMessage(0, device.DeviceId, now, properties, system, body);
    }

    private static int SizeOf(string? text) => Encoding.UTF8.GetByteCount(text ?? "");

    private static bool IsSystem(string key) => key.StartsWith(Hub.SystemProperties.Prefix, StringComparison.Ordinal);

    /// <summary>What tells who sent it is never taken from the sender.</summary>
    private static bool IsHubsOwn(string key) =>
        key.StartsWith("iothub-connection-", StringComparison.OrdinalIgnoreCase) || key.Equals("iothub-enqueuedtime", StringComparison.OrdinalIgnoreCase) || key is "$.cdid" or "$.cmid";

    private static void Stamp(Dictionary<string, string> system, Device device, DateTimeOffset now)
    {
        system["iothub-connection-device-id"] = device.DeviceId;
        if (device.IsModule)
        {
            system["iothub-connection-module-id"] = device.Id.Split(Device.ModuleMark)[1];
        }

        var (type, issuer) = device.Credentials.Type switch
        {
            DeviceAuthentication.Sas => ("sas", "iothub"),
            DeviceAuthentication.SelfSigned => ("x509Certificate", "external"),
            _ => ("x509CertificateAuthority", "external"),
        };
        system["iothub-connection-auth-method"] = $$"""{"scope":"{{(device.IsModule ? "module" : "device")}}","type":"{{type}}","issuer":"{{issuer}}"}""";
        system["iothub-connection-auth-generation-id"] = device.Generation;
        system["iothub-enqueuedtime"] = now.ToString("O", CultureInfo.InvariantCulture);
    }
}
