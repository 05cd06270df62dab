using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>Looks whether a hub can be reached and is who it says: TCP and TLS, and no further, because a second CONNECT would throw a running daemon out.</summary>
public static class HubProbe
{
    /// <returns>None, or why not; and a line for people.</returns>
    /// <exception cref="HubException">The CA file cannot be used.</exception>
    public static async Task<(HubFailure Failure, string Detail)> TryAsync(HubOptions options, TimeSpan patience, CancellationToken cancellationToken)
    {
        var hub = options.ConnectionString;
        var authorities = HubTrust.Load(options.CaFile);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(hub.Host, hub.Port, limit.Token).ConfigureAwait(false);
            await using var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = hub.Host, CertificateChainPolicy = PolicyOf(authorities) }, limit.Token).ConfigureAwait(false);
            return (HubFailure.None, $"{hub.HostName}: reached, {tls.SslProtocol}; the key is tried when the daemon connects");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var failure = ConnectFailure.Of(exception);
            return (failure, $"{ConnectFailure.Advice(failure, hub.HostName)} ({exception.GetBaseException().Message})");
        }
    }

    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
