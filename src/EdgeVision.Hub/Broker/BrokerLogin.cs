using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>What lies in files: whom the device trusts and how it proves who it is.</summary>
/// <param name="Authorities">Empty = those of the operating system.</param>
/// <param name="Certificate">Null = none.</param>
internal sealed record BrokerLogin(X509Certificate2Collection Authorities, SslStreamCertificateContext? Certificate, string? User, string? Password)
{
    /// <exception cref="HubException">A file is missing or holds something else.</exception>
    public static BrokerLogin Load(BrokerOptions options) => new(
        HubTrust.Load(options.CaFile),
        options.CertificateFile is null ? null : LoadCertificate(options.CertificateFile, options.KeyFile),
        options.User,
        options.PasswordFile is null ? null : LoadPassword(options.PasswordFile));

    private static SslStreamCertificateContext LoadCertificate(string file, string? keyFile)
    {
        try
        {
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(file, keyFile), additionalCertificates: null, offline: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HubException($"{file}, {keyFile}: this device's certificate and key cannot be used: {exception.Message} They are PEM files, and the key is not encrypted.", exception);
        }
    }

    private static string LoadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"{file}: {exception.Message} It should hold the broker's password, and nothing else.", exception);
        }
    }
}
