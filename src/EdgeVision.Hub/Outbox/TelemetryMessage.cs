using System.Globalization;
using System.Text;

namespace EdgeVision.Hub;

/// <summary>One message to the cloud. Immutable.</summary>
/// <param name="Id">Stands in $.mid, so that a message sent twice is known as one.</param>
/// <param name="Type">Stands in the property <c>type</c>, so that the cloud can route without opening the body.</param>
/// <param name="Priority">Who makes room when the outbox is full.</param>
/// <param name="Created">The device's clock.</param>
/// <param name="Body">JSON in UTF-8; the whole message is at most <see cref="MostBytes"/>.</param>
public sealed record TelemetryMessage(string Id, string Type, TelemetryPriority Priority, DateTimeOffset Created, byte[] Body)
{
    /// <summary>What a hub takes: the body, the values of system properties, the names and values of the others.</summary>
    public const int MostBytes = 262_144;

    /// <summary>The word for a clock whose time cannot be trusted; the outbox sets such a message right when the time comes.</summary>
    public const string Unsynced = "unsynced";

    /// <summary>Bytes that the outbox may add on the way: sequence, replay and what re-stamping writes into the body.</summary>
    private const int Margin = 128;

    /// <summary>How long it is worth sending; null = for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>What <see cref="Created"/> is worth: <c>synced</c>, <c>unsynced</c> or <c>stepped</c>.</summary>
    public string Clock { get; init; } = "synced";

    /// <summary>Of the device, over all restarts; given by the outbox, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>It was made before this connection to the cloud; set by the outbox.</summary>
    public bool Replay { get; init; }

    /// <summary>The drop receipt that this message delivers; 0 = none.</summary>
    public long Receipt { get; init; }

    /// <summary>By the hub's rule, with all that the outbox may add.</summary>
    public int Size => Body.Length + Encoding.UTF8.GetByteCount(Id) + Encoding.UTF8.GetByteCount(Type) + "typeapplication/jsonutf-8".Length + Margin;

    /// <summary>The bag of properties behind the topic; the body can be queried by the hub only with both $.ct and $.ce.</summary>
    internal string Properties() => PropertyBag.Encode(
    [
        new(SystemProperties.MessageId, Id),
        new(SystemProperties.ContentType, "application/json"),
        new(SystemProperties.ContentEncoding, "utf-8"),
        new(SystemProperties.CreationTime, Created.UtcDateTime.ToString("o")),
        new("type", Type),
        .. Sequence > 0 ? [new("seq", Sequence.ToString(CultureInfo.InvariantCulture))] : Array.Empty<KeyValuePair<string, string>>(),
        .. Replay ? [new("replay", "true")] : Array.Empty<KeyValuePair<string, string>>(),
    ]);
}
