namespace EdgeVision.Cloud.Mqtt;

/// <summary>Whether bytes of a connection may reach the MQTT server.</summary>
internal enum PacketVerdict
{
    Pass,

    /// <summary>A CONNECT over 16 KB, or another packet over 322 KB.</summary>
    TooLarge,

    /// <summary>A length that does not end after four bytes.</summary>
    BadLength,

    /// <summary>The first packet is no CONNECT, or a later one is.</summary>
    OutOfOrder,

    /// <summary>A CONNECT that says something else than MQTT, or ends too early.</summary>
    BadConnect,

    /// <summary>Not MQTT 3.1.1.</summary>
    UnsupportedLevel,

    /// <summary>A CONNECT without client id.</summary>
    NoClientId,

    /// <summary>A last will that is not the device's own telemetry.</summary>
    BadWill,

    /// <summary>No whole CONNECT in ten seconds, or later no packet in one and a half times the keep-alive.</summary>
    Silent,

    /// <summary>Too many connections from this address have not said yet who they are.</summary>
    TooManyStrangers,
}
