using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Hub;

/// <summary>The certificate and key by which a device proves who it is, read from its files.</summary>
/// <remarks>Read again at each connect, so that a certificate that was renewed in place takes effect with the next connection. Immutable, any thread.</remarks>
internal sealed class DeviceCertificate : IDisposable
{
    private readonly X509Certificate2Collection _chain;

    private DeviceCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _chain = chain;
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <summary>With the intermediates that stand behind it in its file.</summary>
    public SslStreamCertificateContext Context { get; }

    public X509Certificate2 Certificate => Context.TargetCertificate;

    public DateTimeOffset End => EndOf(Certificate);

    /// <summary>Whole days from now until a certificate ends.</summary>
    public static int DaysBetween(DateTimeOffset now, DateTimeOffset end) => (int)Math.Floor((end - now).TotalDays);

    /// <param name="file">PEM: the device's certificate first, intermediates behind it.</param>
    /// <param name="keyFile">PEM, without password.</param>
    /// <param name="now">The device's clock.</param>
    /// <returns>The certificate, or what is wrong with it and the way out.</returns>
    public static (DeviceCertificate? Certificate, string Fault) Load(string file, string keyFile, DateTimeOffset now)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file, keyFile);
            if (FaultOf(certificate, file, now) is { } fault)
            {
                certificate.Dispose();
                return (null, fault);
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            return (new DeviceCertificate(certificate, chain), "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"the device's certificate cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return (null, $"{file} and {keyFile} are no certificate and its key in PEM form: {exception.Message}");
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var certificate in _chain)
        {
            certificate.Dispose();
        }
    }

    private static string? FaultOf(X509Certificate2 certificate, string file, DateTimeOffset now)
    {
        var begin = new DateTimeOffset(certificate.NotBefore);
        if (now < begin)
        {
            return $"{file}: the certificate begins only on {begin:yyyy-MM-dd HH:mm}: check this device's clock, which says {now:yyyy-MM-dd HH:mm}";
        }

        return now >= EndOf(certificate) ? $"{file}: the certificate ended on {EndOf(certificate):yyyy-MM-dd}: put a new one in its place, it is read at the next attempt" : null;
    }

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter);
}
