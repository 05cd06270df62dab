using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Cloud.Certificates;

/// <summary>Client certificates of the service side: signed by the authority that <c>--service-ca</c> names, for client authentication, and known by their common name.</summary>
internal sealed class ServiceCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2Collection _authorities = [];

    /// <exception cref="CloudException">The file holds no certificate.</exception>
    public ServiceCertificates(ServeOptions options)
    {
        if (options.ServiceCa is not { } file)
        {
            return;
        }

        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new CloudException($"{file} cannot be read as certificate authority of the service side: {exception.Message}", exception);
        }

        if (_authorities.Count == 0)
        {
            throw new CloudException($"{file} holds no certificate. Give the PEM file of the authority that signs client certificates of the service side.");
        }
    }

    /// <returns>The common name; null for no certificate, one of another authority, or one that is not valid now.</returns>
    public string? NameOf(X509Certificate2? certificate)
    {
        if (certificate is null || _authorities.Count == 0)
        {
            return null;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // who shall not come in any more is taken off the list
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate) ? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) : null;
    }
}
