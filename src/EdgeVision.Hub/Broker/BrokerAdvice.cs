namespace EdgeVision.Hub;

/// <summary>What a failure means at a plain broker, and what to do.</summary>
internal static class BrokerAdvice
{
    public static string Of(HubFailure failure, BrokerOptions options) => $"broker {options.Address}" + failure switch
    {
        HubFailure.NameNotFound => ": the name does not resolve: check broker.host, and the DNS of this network",
        HubFailure.Unreachable => ": nothing answers there: check broker.host and broker.port, that the broker runs and that no firewall closes the port",
        HubFailure.Certificate => ": TLS did not come about: give the broker's CA as broker.ca_file, check that its certificate is made out to this host name, and this device's clock",
        HubFailure.NotTls => ": it closes when spoken to in TLS: check broker.port (8883 is usual for TLS, 1883 is plain)",
        HubFailure.Unauthorized => ": refused this device: check broker.user, broker.password_file or the client certificate, and what the broker allows this user to read and write",
        HubFailure.TimedOut => ": no answer in time",
        HubFailure.ClockUnset => ": not tried, because this device's clock is not set: give it a time server (chrony or systemd-timesyncd)",
        HubFailure.Closed when !options.Tls => ": the connection was closed: does this port want TLS?",
        HubFailure.Closed => $": the connection was closed; where that goes on, another client may have the client id '{options.EffectiveClientId}'",
        _ => "",
    };
}
