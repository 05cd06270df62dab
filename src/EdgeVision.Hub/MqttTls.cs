using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;

namespace EdgeVision.Hub;

/// <summary>How TLS is spoken: 1.2 or later, the chain and the host name always checked.</summary>
internal static class MqttTls
{
    /// <param name="tls">Of the connection.</param>
    /// <param name="authorities">The only CAs trusted; empty = those of the operating system.</param>
    /// <param name="certificate">Shown to a server that asks for one.</param>
    public static void Use(MqttClientTlsOptionsBuilder tls, X509Certificate2Collection authorities, X509Certificate2? certificate = null)
    {
        tls.UseTls().WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13).WithRevocationMode(X509RevocationMode.NoCheck);
        if (authorities.Count > 0)
        {
            tls.WithTrustChain(authorities);
        }

        if (certificate is not null)
        {
            tls.WithClientCertificates(new X509Certificate2Collection(certificate));
        }
    }
}
