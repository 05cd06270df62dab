using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub.Tests;

/// <summary>A CA of the test's own, with certificates for localhost and for devices, in files as a user has them.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly string _folder;

    public TestAuthority(string folder)
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        _root = request.CreateSelfSigned(now.AddDays(-400), now.AddDays(400));
        File.WriteAllText(CaFile, _root.ExportCertificatePem());
    }

    public string CaFile => Path.Combine(_folder, "ca.pem");

    public X509Certificate2 Root => _root;

    /// <summary>For a server that clients reach under this name.</summary>
    public X509Certificate2 Server(string name = "localhost")
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = Issue(name, key, -1, 30, names.Build());
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Writes a device's certificate and key, and names the files.</summary>
    public (string CertificateFile, string KeyFile) Device(string id, int fromDay = -1, int toDay = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(id, key, fromDay, toDay, null);
        var (certificateFile, keyFile) = (Path.Combine(_folder, id + ".pem"), Path.Combine(_folder, id + ".key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }

    public void Dispose() => _root.Dispose();

    private X509Certificate2 Issue(string name, ECDsa key, int fromDay, int toDay, X509Extension? extension)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        if (extension is not null)
        {
            request.CertificateExtensions.Add(extension);
        }

        var now = TimeProvider.System.GetUtcNow();
        return request.Create(_root, now.AddDays(fromDay), now.AddDays(toDay), RandomNumberGenerator.GetBytes(8));
    }
}
