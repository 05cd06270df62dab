namespace EdgeVision.Hub;

/// <summary>The name that is connected to, and that the certificate must be made out to, with its ports.</summary>
/// <param name="MqttPort">MQTT over TLS; 8883 unless a hub on a site uses another.</param>
/// <param name="HttpsPort">MQTT over WebSocket, and file upload; 443 likewise.</param>
public sealed record HubEndpoint(string Host, int MqttPort, int HttpsPort)
{
    public const int DefaultMqttPort = 8883, DefaultHttpsPort = 443;

    /// <summary>With the MQTT port where it is not 8883.</summary>
    public override string ToString() => MqttPort == DefaultMqttPort ? Host : $"{Host}:{MqttPort}";

    /// <param name="hostName"><c>host</c> or <c>host:port</c>, the port being MQTT's.</param>
    /// <param name="httpsPort">1 to 65535.</param>
    /// <returns>Null for anything else.</returns>
    public static HubEndpoint? TryParse(string hostName, int httpsPort = DefaultHttpsPort)
    {
        var colon = hostName.LastIndexOf(':');
        var (host, port) = colon < 0 ? (hostName, DefaultMqttPort) : (hostName[..colon], PortOf(hostName.AsSpan(colon + 1)));
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown && port > 0 && httpsPort is > 0 and < 65536 ? new HubEndpoint(host, port, httpsPort) : null;
    }

    private static int PortOf(ReadOnlySpan<char> text) => int.TryParse(text, out var port) && port is > 0 and < 65536 ? port : 0;
}
