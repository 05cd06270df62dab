using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeVision.Cloud.Certificates;

/// <summary>The hub's own certificate: RSA 2048 (as Azure's, because some devices know nothing else), one year, renewed by itself a month before it ends.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class ServerCertificate : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private readonly DataDirectory _directory;
    private readonly HubNames _names;
    private readonly TimeProvider _time;
    private readonly Lock _renewing = new();
    private volatile X509Certificate2 _current;

    public ServerCertificate(DataDirectory directory, HubNames names, TimeProvider time)
    {
        (_directory, _names, _time) = (directory, names, time);
        _current = Load() is { } kept && IsGood(kept) ? kept : Renew();
    }

    public X509Certificate2 Current
    {
        get
        {
            if (IsFresh(_current))
            {
                return _current;
            }

            lock (_renewing)
            {
                return IsFresh(_current) ? _current : _current = Renew();
            }
        }
    }

    public void Dispose() => _current.Dispose();

    private string CertificateFile => Path.Combine(_directory.CertificateFolder, "server.pem");

    private string KeyFile => Path.Combine(_directory.CertificateFolder, "server.key");

    private bool IsFresh(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime > RenewBefore;

    private bool IsGood(X509Certificate2 certificate) => IsFresh(certificate) && _names.All.All(name => certificate.MatchesHostname(name));

    private X509Certificate2? Load()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
        }
        catch (Exception exception) when (exception is IOException or CryptographicException)
        {
            return null; // none yet, or half written by a hub that was killed: a new one is as good
        }
    }

    private X509Certificate2 Renew()
    {
        using var authority = CertificateAuthority.Open(_directory);
        using var key = RSA.Create(2048);
        var now = _time.GetUtcNow();
        using var signed = authority.Sign(Request(key), now.AddDays(-1), now.AddYears(1));
        DataDirectory.WriteAtomically(KeyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        DataDirectory.WriteAtomically(CertificateFile, Encoding.ASCII.GetBytes(signed.ExportCertificatePem() + "\n"));
        return signed.CopyWithPrivateKey(key);
    }

    private CertificateRequest Request(RSA key)
    {
        var request = new CertificateRequest("CN=EdgeVision site hub", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(AlternativeNames());
        return request;
    }

    private X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in _names.All)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        return names.Build();
    }
}
