using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeVision.Cloud.Certificates;

/// <summary>Questions about the certificate that a device shows.</summary>
internal static class ShownCertificate
{
    private const int Sha1Digits = 40, Sha256Digits = 64;

    /// <summary>Takes what tools print: colons, spaces, either case.</summary>
    /// <returns>Upper-case hex; null for what is no SHA-1 or SHA-256.</returns>
    public static string? NormalizeThumbprint(string text)
    {
        var hex = text.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return hex.Length is Sha1Digits or Sha256Digits && hex.All(char.IsAsciiHexDigitUpper) ? hex : null;
    }

    /// <param name="certificate">What the device showed.</param>
    /// <param name="thumbprint">Normalized; empty matches nothing.</param>
    public static bool HasThumbprint(this X509Certificate2 certificate, string thumbprint) => thumbprint.Length switch
    {
        Sha1Digits => certificate.GetCertHashString(HashAlgorithmName.SHA1) == thumbprint,
        Sha256Digits => certificate.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint,
        _ => false,
    };

    public static bool IsValidAt(this X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime <= certificate.NotAfter.ToUniversalTime();

    /// <summary>The common name of the subject; empty when it has none.</summary>
    public static string CommonName(this X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
}
