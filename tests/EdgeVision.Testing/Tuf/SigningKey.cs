using System.Security.Cryptography;
using EdgeVision.Packaging.Tuf;
using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace EdgeVision.Testing;

/// <summary>A private key of a test's repository, of any kind that a client must know.</summary>
public sealed class SigningKey
{
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(TufKey key, Func<byte[], byte[]> sign) => (Public, _sign) = (key, sign);

    public TufKey Public { get; }

    public static SigningKey Ecdsa(string keyType = "ecdsa")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(
            new TufKey(keyType, "ecdsa-sha2-nistp256", key.ExportSubjectPublicKeyInfoPem()),
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    public static SigningKey Rsa(int bits = 2048)
    {
        var key = RSA.Create(bits);
        return new SigningKey(
            new TufKey("rsa", "rsassa-pss-sha256", key.ExportSubjectPublicKeyInfoPem()),
            data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }

    public static SigningKey Ed25519()
    {
        var secret = RandomNumberGenerator.GetBytes(Rfc8032.SecretKeySize);
        var key = new byte[Rfc8032.PublicKeySize];
        Rfc8032.GeneratePublicKey(secret, 0, key, 0);
        return new SigningKey(new TufKey("ed25519", "ed25519", Convert.ToHexStringLower(key)), data => SignEd25519(secret, data));
    }

    /// <param name="keyId">The id to sign under; by default the key's own.</param>
    public TufSignature Sign(ReadOnlyMemory<byte> data, string? keyId = null) => new(keyId ?? Public.Id, Convert.ToHexStringLower(_sign(data.ToArray())));

    private static byte[] SignEd25519(byte[] secret, byte[] data)
    {
        var signature = new byte[Rfc8032.SignatureSize];
        Rfc8032.Sign(secret, 0, data, 0, data.Length, signature, 0);
        return signature;
    }
}
