using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeVision.Cloud.Certificates;

/// <summary>The root that this hub's devices trust, made once: ECDSA P-256, 20 years. Its key never leaves the data directory.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const UnixFileMode Public = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly X509Certificate2 _root;

    private CertificateAuthority(X509Certificate2 root) => _root = root;

    public static void Create(DataDirectory directory)
    {
        if (File.Exists(directory.CaFile))
        {
            return;
        }

        Directory.CreateDirectory(directory.CertificateFolder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = SelfSigned(key, TimeProvider.System.GetUtcNow());
        // The key first: a root without its key could never sign again.
        DataDirectory.WriteAtomically(KeyFile(directory), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        DataDirectory.WriteAtomically(directory.CaFile, Encoding.ASCII.GetBytes(root.ExportCertificatePem() + "\n"), Public);
    }

    public static CertificateAuthority Open(DataDirectory directory) => new(X509Certificate2.CreateFromPemFile(directory.CaFile, KeyFile(directory)));

    public X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset until)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        // Because the root signs with ECDSA and the request holds an RSA key, the generator must be named.
        var generator = X509SignatureGenerator.CreateForECDsa(_root.GetECDsaPrivateKey()!);
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        return request.Create(_root.SubjectName, generator, from, until, serial);
    }

    public void Dispose() => _root.Dispose();

    private static string KeyFile(DataDirectory directory) => Path.Combine(directory.CertificateFolder, "ca.key");

    private static X509Certificate2 SelfSigned(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=EdgeVision site hub CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        // A day back, because the clock of a device that has just booted may be a little behind.
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
    }
}
