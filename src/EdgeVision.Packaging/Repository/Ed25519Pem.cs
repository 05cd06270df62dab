using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace EdgeVision.Packaging.Repository;

/// <summary>Ed25519 in PKCS#8 PEM (RFC 8410), which the BCL cannot read or write.</summary>
internal static class Ed25519Pem
{
    private const int SaltSize = 16;

    /// <returns>Null for another kind of key, a damaged file or a wrong passphrase.</returns>
    public static Ed25519PrivateKeyParameters? TryRead(string pem, string? passphrase)
    {
        try
        {
            var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
            return (passphrase is null ? PrivateKeyFactory.CreateKey(der) : PrivateKeyFactory.DecryptKey(passphrase.ToCharArray(), der)) as Ed25519PrivateKeyParameters;
        }
        catch (Exception exception) when (exception is CryptoException or GeneralSecurityException or ArgumentException or IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static (string Pem, byte[] Public) New(string? passphrase, int iterations)
    {
        var key = new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize));
        var (label, der) = passphrase is null
            ? ("PRIVATE KEY", PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded())
            : ("ENCRYPTED PRIVATE KEY", Encrypt(key, passphrase, iterations));
        return (PemEncoding.WriteString(label, der), key.GeneratePublicKey().GetEncoded());
    }

    private static byte[] Encrypt(Ed25519PrivateKeyParameters key, string passphrase, int iterations) => EncryptedPrivateKeyInfoFactory.CreateEncryptedPrivateKeyInfo(
        NistObjectIdentifiers.IdAes256Cbc, PkcsObjectIdentifiers.IdHmacWithSha256, passphrase.ToCharArray(), RandomNumberGenerator.GetBytes(SaltSize), iterations, new SecureRandom(), key).GetDerEncoded();
}
