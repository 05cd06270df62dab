using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet.Exceptions;

namespace EdgeVision.Hub;

/// <summary>From the exceptions of socket, TLS and MQTT to the one reason an operator can act on.</summary>
internal static class ConnectFailure
{
    public static HubFailure Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HubException { Failure: not HubFailure.None } known:
                    return known.Failure;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return HubFailure.NameNotFound;
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return HubFailure.TimedOut;
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }:
                    return HubFailure.Closed;
                case SocketException:
                    return HubFailure.Unreachable;
                case AuthenticationException:
                    return HubFailure.Certificate;
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    return HubFailure.Proxy;
                case TimeoutException or OperationCanceledException or MqttCommunicationTimedOutException:
                    return HubFailure.TimedOut;
            }
        }

        return HubFailure.Closed;
    }

    public static string Advice(HubFailure failure, string hub) => failure switch
    {
        HubFailure.NameNotFound => $"{hub}: the name does not resolve: check HostName in the connection string, and the DNS of this network",
        HubFailure.Unreachable => $"{hub}: nothing answers there: check that the hub runs and that no firewall closes the port",
        HubFailure.Proxy => $"{hub}: the proxy did not let the connection through: check hub.proxy, its user and password, and that it allows CONNECT to this host and port",
        HubFailure.Certificate => $"{hub}: its certificate is not trusted: give the hub's CA as hub.ca_file, check the host name and this device's clock",
        HubFailure.ClockUnset => $"{hub}: not tried, because this device's clock is not set: give it a time server (chrony or systemd-timesyncd)",
        HubFailure.DeviceCertificate => $"{hub}: was not tried, because this device cannot prove who it is",
        HubFailure.Unauthorized => $"{hub}: refused this device: check that it is enrolled and enabled, that the key or certificate is the one the hub knows, and that this device's clock is right",
        HubFailure.DuplicateIdentity => $"{hub}: accepted this device and closed the connection, three times within ten minutes: another device seems to use the same identity; give each its own",
        HubFailure.NotProvisioned => $"{hub}: assigns this device to no hub",
        HubFailure.Busy => $"{hub}: cannot take this device just now",
        HubFailure.TimedOut => $"{hub}: no answer in time",
        HubFailure.Closed => $"{hub}: the connection was closed",
        _ => hub,
    };
}
