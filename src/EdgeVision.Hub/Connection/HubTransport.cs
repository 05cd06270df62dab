namespace EdgeVision.Hub;

/// <summary>How MQTT goes to the hub; always inside TLS.</summary>
public enum HubTransport
{
    /// <summary>TCP port 8883, and the WebSocket whenever that port is refused or leads nowhere; what worked last is tried first.</summary>
    Auto,

    /// <summary>TCP, port 8883 unless the host name says another.</summary>
    Mqtt,

    /// <summary>WebSocket on the HTTPS port: for sites that let out nothing but 443.</summary>
    WebSocket,
}
