using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>The one way this device does TLS, for hub and broker, MQTT, WebSocket, file upload and the probes alike: 1.2 or 1.3, the host's name always checked.</summary>
internal static class HubTls
{
    /// <param name="host">What the other side's certificate must be made out to.</param>
    /// <param name="authorities">Then only these are trusted; empty = those of the operating system.</param>
    /// <param name="certificate">Shown to a server that asks for it; null = none.</param>
    public static SslClientAuthenticationOptions OptionsFor(string host, X509Certificate2Collection authorities, SslStreamCertificateContext? certificate) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = PolicyOf(authorities),
        ClientCertificateContext = certificate,
    };

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
