using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Update;

/// <summary>The one way to a repository: TLS always verified, no redirect, no cookie, no compression.</summary>
internal static class RepositoryHttp
{
    /// <exception cref="System.Security.Cryptography.CryptographicException">The CA file holds no certificate.</exception>
    /// <exception cref="IOException">The CA file cannot be read.</exception>
    public static HttpClient Create(UpdateOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            MaxResponseDrainSize = 0, // because a body that does not end must not be read to its end
            ConnectTimeout = options.StallWindow,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(options.CaFile) },
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "identity");
        client.DefaultRequestHeaders.Add("User-Agent", "edgevisiond");
        return client;
    }

    private static X509ChainPolicy? Trust(string? caFile)
    {
        if (caFile is null)
        {
            return null;
        }

        // A site's own authority publishes no revocation list.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new IOException($"{caFile} holds no certificate");
    }
}
