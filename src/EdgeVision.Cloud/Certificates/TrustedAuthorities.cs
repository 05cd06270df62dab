using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Certificates;

/// <summary>The certificate authorities whose devices the hub lets in: roots are trusted, intermediate ones only help to reach a root.</summary>
internal sealed class TrustedAuthorities(HubDatabase database)
{
    /// <param name="file">PEM or DER.</param>
    /// <returns>Its SHA-256 fingerprint.</returns>
    /// <exception cref="CloudException">It is no certificate, or none of an authority.</exception>
    public string Add(string file)
    {
        using var certificate = Load(file);
        var isAuthority = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
        if (!isAuthority)
        {
            throw new CloudException($"{file} is no certificate authority (its basic constraints do not say CA:TRUE). Give the root that signs your devices' certificates.");
        }

        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        database.Write(connection => connection.Execute(
            "INSERT INTO authority (thumbprint, subject, pem) VALUES (@thumbprint, @subject, @pem) ON CONFLICT DO NOTHING",
            ("@thumbprint", thumbprint), ("@subject", certificate.Subject), ("@pem", certificate.ExportCertificatePem())));
        return thumbprint;
    }

    /// <returns>Whether there was one.</returns>
    public bool Remove(string thumbprint) => database.Write(connection => connection.Execute("DELETE FROM authority WHERE thumbprint = @thumbprint", ("@thumbprint", thumbprint))) > 0;

    public IReadOnlyList<(string Thumbprint, string Subject)> All() =>
        database.Read(connection => connection.Query("SELECT thumbprint, subject FROM authority ORDER BY subject, thumbprint", row => (row.GetString(0), row.GetString(1))));

    /// <summary>Whether a chain leads from the certificate to a root that was added. Revocation lists are not asked: a site without internet has none; disable the device instead.</summary>
    /// <param name="certificate">The device's.</param>
    /// <param name="now">The moment that counts.</param>
    /// <param name="through">A thumbprint that the chain must pass; null for any.</param>
    public bool Signed(X509Certificate2 certificate, DateTimeOffset now, string? through = null)
    {
        var authorities = database.Read(connection => connection.Query("SELECT pem FROM authority", Read));
        try
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = now.LocalDateTime;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities.FindAll(IsRoot).ToArray());
            chain.ChainPolicy.ExtraStore.AddRange(authorities.FindAll(authority => !IsRoot(authority)).ToArray());
            return chain.Build(certificate) && (through is null || chain.ChainElements.Any(element => element.Certificate.GetCertHashString(HashAlgorithmName.SHA256) == through));
        }
        finally
        {
            authorities.ForEach(authority => authority.Dispose());
        }
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static X509Certificate2 Read(DbDataReader row) => X509Certificate2.CreateFromPem(row.GetString(0));

    private static X509Certificate2 Load(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CloudException($"{file} cannot be read as certificate: {exception.Message.TrimEnd('.')}. It is a PEM or DER file.", exception);
        }
    }
}
