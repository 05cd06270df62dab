using System.Globalization;
using System.Text;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Messages;

/// <summary>What the service asks to be sent to a device.</summary>
internal sealed record MessageRequest
{
    public const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan DefaultLife = TimeSpan.FromHours(1), MinLife = TimeSpan.FromMinutes(1), MaxLife = TimeSpan.FromHours(48);

    public required byte[] Body { get; init; }

    /// <summary>Names feedback; may be empty.</summary>
    public string MessageId { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string UserId { get; init; } = "";

    public string ContentType { get; init; } = "";

    public string ContentEncoding { get; init; } = "";

    /// <summary>When it loses its use; null for an hour from now.</summary>
    public DateTimeOffset? Expires { get; init; }

    public Acknowledgement Ack { get; init; }

    /// <summary>The application's own.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The message as it will be queued.</summary>
    public DeviceMessage For(string deviceId, DateTimeOffset now) =>
        new(0, deviceId, MessageId, now, Clamp(Expires ?? now + DefaultLife, now), Ack, 0, PropertyBag.Encode(Bag(deviceId)), Body);

    /// <summary>Body, values of system properties, names and values of the others.</summary>
    public int Size => Body.Length + Properties.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value))
        + new[] { MessageId, CorrelationId, UserId, ContentType, ContentEncoding }.Sum(Encoding.UTF8.GetByteCount);

    private static DateTimeOffset Clamp(DateTimeOffset expires, DateTimeOffset now) => expires < now + MinLife ? now + MinLife : expires > now + MaxLife ? now + MaxLife : expires;

    private IEnumerable<KeyValuePair<string, string>> Bag(string deviceId)
    {
        // Always there, because some SDKs fail on an empty bag.
        yield return KeyValuePair.Create(SystemProperties.To, $"/devices/{deviceId}/messages/deviceBound");
        (string Key, string Value)[] others =
        [
            (SystemProperties.MessageId, MessageId), (SystemProperties.CorrelationId, CorrelationId), ("$.uid", UserId), (SystemProperties.ContentType, ContentType),
            (SystemProperties.ContentEncoding, ContentEncoding), ("$.exp", Expires?.ToString("O", CultureInfo.InvariantCulture) ?? ""),
            ("iothub-ack", Ack == Acknowledgement.None ? "" : Ack.ToString().ToLowerInvariant()),
        ];
        foreach (var (key, value) in others.Where(pair => pair.Value.Length > 0))
        {
            yield return KeyValuePair.Create(key, value);
        }

        foreach (var property in Properties)
        {
            yield return property;
        }
    }
}
