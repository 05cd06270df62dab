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

    /// <summary>Not MQTT 3.1.1.</summary>
    UnsupportedLevel,
}
